using System.Text.Json.Nodes;

namespace DotMac.Testing.Faults;

/// <summary>The API server's words for an error.</summary>
internal static class StatusText
{
    public static string Of(int code, string reason, string message) => new JsonObject
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = message,
        ["reason"] = reason,
        ["code"] = code,
    }.ToJsonString();
}
