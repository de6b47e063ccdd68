using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Resources.Validation.Config;

namespace DotMac.Admin.Config;

/// <summary>A stored config as it is shown: without secrets, with the guide's names. Pure.</summary>
internal static class ConfigView
{
    /// <summary>The config as it is shown.</summary>
    /// <param name="config">The config; null when there is none.</param>
    /// <param name="schema">Its schema; null when it is not known: every value that could be a secret is then masked.</param>
    public static JsonNode? Of(JsonElement? config, JsonElement? schema) =>
        config is { ValueKind: JsonValueKind.Object } given && ConfigMask.Of(given, schema) is { } masked
            ? ConfigNames.ToGuide(JsonSerializer.SerializeToElement(masked), schema)
            : null;
}
