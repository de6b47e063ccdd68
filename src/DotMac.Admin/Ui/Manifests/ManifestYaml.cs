using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;
using YamlDotNet.Serialization;

namespace DotMac.Admin.Ui.Manifests;

/// <summary>A TenantPlugin as a manifest, to be kept in Git and applied by others. Pure.</summary>
internal static class ManifestYaml
{
    private static readonly ISerializer Serializer = new SerializerBuilder().WithQuotingNecessaryStrings(quoteYaml1_1Strings: true).WithIndentedSequences().Build();
    private static readonly string[] Own = ["name", "namespace", "labels"];

    /// <summary>The manifest: what people write, and nothing that the API server or the operator added.</summary>
    public static string Of(TenantPlugin plugin)
    {
        var source = ResourceJson.Object(plugin);
        var metadata = new JsonObject();
        foreach (var name in Own)
        {
            if (source["metadata"]?[name] is { } value && value is not JsonObject { Count: 0 })
            {
                metadata[name] = value.DeepClone();
            }
        }

        var manifest = new JsonObject
        {
            ["apiVersion"] = $"{ResourceNames.Group}/{ResourceNames.Version}",
            ["kind"] = ResourceNames.TenantPluginKind,
            ["metadata"] = metadata,
            ["spec"] = source["spec"]?.DeepClone() ?? new JsonObject(),
        };
        return Serializer.Serialize(Plain(manifest)!);
    }

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject map => map.Where(static member => member.Value is not null).ToDictionary(static member => member.Key, static member => Plain(member.Value)),
        JsonArray list => list.Select(Plain).ToList(),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => Number(value),
            _ => value.GetValue<string>(),
        },
        _ => null,
    };

    private static object Number(JsonValue value)
    {
        var text = value.ToJsonString();
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
            : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
