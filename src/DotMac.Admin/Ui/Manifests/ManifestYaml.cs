using System.Text.Json.Nodes;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Admin.Ui.Manifests;

/// <summary>A TenantPlugin as a manifest, to be kept in Git and applied by others. Pure.</summary>
internal static class ManifestYaml
{
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

        return JsonYaml.Write(new JsonObject
        {
            ["apiVersion"] = $"{ResourceNames.Group}/{ResourceNames.Version}",
            ["kind"] = ResourceNames.TenantPluginKind,
            ["metadata"] = metadata,
            ["spec"] = source["spec"]?.DeepClone() ?? new JsonObject(),
        });
    }
}
