using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Desired;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Admission;

/// <summary>
/// Adds to a TenantPlugin what it is selected by: a label with the name of its definition. Never anything of the spec, which tools compare
/// with what they were given, and never over what somebody else has written there. Pure.
/// </summary>
internal static class AdmissionDefaults
{
    /// <summary>Answers.</summary>
    public static V1AdmissionReview Review(V1AdmissionReview review)
    {
        var request = review.Request ?? new V1AdmissionRequest();
        var patch = request.Kind?.Kind == ResourceNames.TenantPluginKind && string.IsNullOrEmpty(request.SubResource) && request.Operation is "CREATE" or "UPDATE"
            ? PatchOf(request.Object)
            : [];
        return new V1AdmissionReview
        {
            Response = new V1AdmissionResponse
            {
                Uid = request.Uid,
                Allowed = true,
                PatchType = patch.Count == 0 ? null : "JSONPatch",
                Patch = patch.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes<JsonNode>(patch),
            },
        };
    }

    /// <summary>What is to be added, as a JSON patch (RFC 6902); empty when it is there.</summary>
    /// <param name="plugin">The object as it came, whatever it is.</param>
    public static JsonArray PatchOf(JsonElement? plugin)
    {
        if (plugin is not { ValueKind: JsonValueKind.Object } given
            || Member(given, "spec") is not { ValueKind: JsonValueKind.Object } spec
            || Member(spec, "plugin") is not { ValueKind: JsonValueKind.String } name
            || ChildMetadata.LabelValue(name.GetString()!) != name.GetString()
            || Member(given, "metadata") is not { ValueKind: JsonValueKind.Object } metadata
            || Member(metadata, "deletionTimestamp") is not null)
        {
            return [];
        }

        var labels = Member(metadata, "labels");
        if (labels is { ValueKind: JsonValueKind.Object } present)
        {
            return Member(present, Labels.Plugin) is null
                ? [Add(JsonPointer.Append("/metadata/labels", Labels.Plugin), name.GetString()!)]
                : [];
        }

        return labels is null or { ValueKind: JsonValueKind.Null } ? [Add("/metadata/labels", new JsonObject { [Labels.Plugin] = name.GetString() })] : [];
    }

    private static JsonObject Add(string path, JsonNode value) => new() { ["op"] = "add", ["path"] = path, ["value"] = value };

    private static JsonElement? Member(JsonElement value, string name) => value.TryGetProperty(name, out var member) ? member : null;
}
