using System.Text.Json.Nodes;

namespace DotMac.StandIns.Vendors.HubSpot;

/// <summary>An error as HubSpot words it.</summary>
internal sealed class HubSpotRefusal(int status, string category, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Further members, such as <c>errors</c> and <c>context</c>.</summary>
    public JsonObject More { get; init; } = [];

    /// <summary>The body of an answer, or an item of a batch's errors.</summary>
    public JsonObject Body()
    {
        var body = new JsonObject { ["status"] = "error", ["message"] = Message, ["correlationId"] = Guid.NewGuid().ToString(), ["category"] = category };
        foreach ((string name, JsonNode? value) in More)
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }

    /// <summary>A body that is not as it should be.</summary>
    public static HubSpotRefusal Invalid(string message, string? place = null) => new(400, "VALIDATION_ERROR", message)
    {
        More = place is null ? [] : new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["message"] = message, ["in"] = place }) },
    };
}
