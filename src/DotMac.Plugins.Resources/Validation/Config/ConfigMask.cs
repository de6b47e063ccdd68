using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Contract.References;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>
/// Takes every value out of a config that could be a secret: those that the schema marks, those whose name says so, and all of them where the
/// schema is not known. A reference says where a secret is, not what it is, and stays. Pure.
/// </summary>
public static class ConfigMask
{
    /// <summary>What stands for a value.</summary>
    public const string Masked = "***";

    private static readonly string[] Suspicious = ["password", "passwd", "secret", "token", "apikey", "privatekey", "credential", "passphrase", "authkey"];

    /// <summary>The config without secret values.</summary>
    /// <param name="config">The config.</param>
    /// <param name="schema">Its schema; null when it is not known.</param>
    public static JsonNode? Of(JsonElement config, JsonElement? schema)
    {
        var marked = schema is { } known
            ? SecretFields.Locate(config, known).Select(static field => field.Pointer).ToHashSet(StringComparer.Ordinal)
            : null;
        return Visit(config, JsonPointer.Root, suspicious: false, marked);
    }

    private static JsonNode? Visit(JsonElement value, string pointer, bool suspicious, HashSet<string>? marked)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new JsonObject();
                foreach (var member in value.EnumerateObject())
                {
                    map[member.Name] = Visit(member.Value, JsonPointer.Append(pointer, member.Name), suspicious || IsSuspicious(member.Name), marked);
                }

                return map;
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (var item in value.EnumerateArray())
                {
                    list.Add(Visit(item, JsonPointer.Append(pointer, list.Count), suspicious, marked));
                }

                return list;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return IsReference(value) || !(suspicious || marked is null || marked.Contains(pointer)) ? JsonNode.Parse(value.GetRawText()) : Masked;
        }
    }

    // Nothing but references: "Bearer ${vault:a/b}x" may hold half of a secret in plain text.
    private static bool IsReference(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && ConfigTemplate.TryParse(value.GetString()!, out var template, out _)
        && template.HasReferences
        && template.Segments.All(static segment => segment is ReferenceSegment);

    private static bool IsSuspicious(string name)
    {
        var plain = name.Replace("_", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal);
        return Array.Exists(Suspicious, word => plain.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
