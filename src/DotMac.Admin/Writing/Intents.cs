using System.Text.Json.Nodes;
using DotMac.Kubernetes.Apply;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Admin.Writing;

/// <summary>What requests come to: merge patches of a TenantPlugin as it is, null where there is nothing to change. Pure.</summary>
internal static class Intents
{
    /// <summary>Switches it on or off.</summary>
    public static JsonObject? Enable(TenantPlugin plugin, bool enabled) =>
        (plugin.Spec?.Enabled ?? true) == enabled ? null : Spec("enabled", enabled);

    /// <summary>Runs another version.</summary>
    public static JsonObject? Version(TenantPlugin plugin, string version) => plugin.Spec?.Version == version ? null : Spec("version", version);

    /// <summary>Sets an annotation.</summary>
    public static JsonObject? Annotate(TenantPlugin plugin, string key, string value) =>
        plugin.Metadata.Annotations?.TryGetValue(key, out var known) == true && known == value
            ? null
            : new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [key] = value } } };

    /// <summary>Makes its spec into another one.</summary>
    public static JsonObject? Replace(TenantPlugin plugin, TenantPluginSpec spec) =>
        MergePatch.Diff(ResourceJson.Object(plugin.Spec), ResourceJson.Object(spec)) is { } change ? new JsonObject { ["spec"] = change } : null;

    /// <summary>A copy that can be changed: what caches hold may not be.</summary>
    public static TenantPlugin Copy(TenantPlugin plugin) => (TenantPlugin)System.Text.Json.JsonSerializer.Deserialize(
        ResourceJson.Object(plugin), (System.Text.Json.Serialization.Metadata.JsonTypeInfo)ResourceJson.Options.GetTypeInfo(typeof(TenantPlugin)))!;

    private static JsonObject Spec(string name, JsonNode value) => new() { ["spec"] = new JsonObject { [name] = value } };
}
