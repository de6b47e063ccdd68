using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Operator.Health;
using DotMac.Plugins.Resources.Validation;
using DotMac.Plugins.Resources.Validation.Config;

namespace DotMac.Operator.Admission;

/// <summary>
/// Adds to an error what stands in the field, so that whoever asked sees which of several values is meant. Never what could be a secret: of a
/// config only what <see cref="ConfigMask"/> leaves. Pure.
/// </summary>
internal static class OffendingValue
{
    private const int Longest = 64;

    /// <summary>The errors, with values where they can be told.</summary>
    /// <param name="errors">The errors.</param>
    /// <param name="given">The object that they are about.</param>
    /// <param name="schema">The config's schema; null when it is not known, or when there is no config.</param>
    public static IReadOnlyList<ValidationError> Show(IReadOnlyList<ValidationError> errors, JsonElement? given, JsonElement? schema)
    {
        if (errors.Count == 0 || given is not { ValueKind: JsonValueKind.Object } present)
        {
            return errors;
        }

        var root = JsonNode.Parse(present.GetRawText())!;
        if (present.TryGetProperty("spec", out var spec) && spec.ValueKind == JsonValueKind.Object && spec.TryGetProperty("config", out var config))
        {
            root["spec"]!["config"] = ConfigMask.Of(config, schema);
        }

        return [.. errors.Select(error => Text(Find(root, error.Pointer)) is { } text && !error.Message.Contains(text, StringComparison.Ordinal)
            ? error with { Message = $"{error.Message} (it is {text})" }
            : error)];
    }

    // A schema may show by a default what it says is secret.
    private static JsonNode? Find(JsonNode root, string pointer)
    {
        JsonNode? node = root;
        foreach (var token in pointer.Split('/').Skip(1).Select(static t => t.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            node = token == "configSchema" ? null
                : node is JsonObject map ? map[token]
                : node is JsonArray list && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count ? list[index]
                : null;
        }

        return node;
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String when node.GetValue<string>() is { Length: > 0 } text && text != ConfigMask.Masked => $"\"{Excerpt.Of(text.Length <= Longest ? text : text[..Longest] + "…")}\"",
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => node.ToJsonString(),
        _ => null,
    };
}
