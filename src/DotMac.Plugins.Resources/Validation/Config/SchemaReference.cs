using System.Globalization;
using System.Text.Json;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>Follows <c>$ref</c> inside a schema. References to other documents are never followed.</summary>
internal static class SchemaReference
{
    /// <summary>The schema that <c>#</c> or <c>#/definitions/x</c> points to; null when there is none.</summary>
    public static JsonElement? Follow(JsonElement root, string reference)
    {
        if (reference == "#")
        {
            return root;
        }

        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return null;
        }

        var target = root;
        foreach (var escaped in reference[2..].Split('/'))
        {
            var token = Uri.UnescapeDataString(escaped)
                .Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            switch (target.ValueKind)
            {
                case JsonValueKind.Object when target.TryGetProperty(token, out var member):
                    target = member;
                    break;
                case JsonValueKind.Array when int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < target.GetArrayLength():
                    target = target[index];
                    break;
                default:
                    return null;
            }
        }

        return target.ValueKind is JsonValueKind.Object ? target : null;
    }

    /// <summary>The reference of a schema; null when it has none.</summary>
    public static string? Of(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && schema.TryGetProperty("$ref", out var reference)
        && reference.ValueKind == JsonValueKind.String
            ? reference.GetString()
            : null;
}
