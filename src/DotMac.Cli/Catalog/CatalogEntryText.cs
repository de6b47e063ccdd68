using System.Text.Json;
using DotMac.Cli.Output;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;
using DotMac.Plugins.Resources.Validation.Config;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Cli.Catalog;

/// <summary>An entry of the catalog for people.</summary>
internal static class CatalogEntryText
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, PluginDefinition definition)
    {
        var spec = definition.Spec;
        output.WriteLine($"{spec?.DisplayName ?? definition.Metadata.Name} ({definition.Metadata.Name})");
        if (!string.IsNullOrEmpty(spec?.Description))
        {
            output.WriteLine(spec.Description);
        }

        output.WriteLine();
        Fact(output, "Category", spec?.Category is { } category ? EnumText.Of(category) : null);
        Fact(output, "Author", spec?.Author);
        Fact(output, "Versions", string.Join(", ", (spec?.Versions ?? []).Select(version => $"{version.Version}{(version.Version == spec!.DefaultVersion ? " (default)" : string.Empty)}{(version.Deprecated is null ? string.Empty : " (deprecated)")}")));
        var resolved = VersionResolver.Resolve(null, definition).Version;
        Fact(output, "Needs", string.Join(", ", (resolved?.Dependencies ?? []).Select(static dependency => $"{dependency.Plugin} {dependency.Version}".TrimEnd())));
        if (resolved?.Operations is { Count: > 0 } operations)
        {
            output.WriteLine();
            new TableWriter<PluginOperationSpec>([new("OPERATION", static o => o.Name), new("DESCRIPTION", static o => o.Description)], isWide: true).Write(output, [.. operations]);
        }

        if (Settings(resolved?.ConfigSchema) is { Count: > 0 } settings)
        {
            output.WriteLine();
            new TableWriter<(string Name, string Kind, string? Description)>(
                [new("SETTING", static s => s.Name), new("KIND", static s => s.Kind), new("DESCRIPTION", static s => s.Description)], isWide: true).Write(output, settings);
        }
    }

    private static void Fact(TextWriter output, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            output.WriteLine($"{name + ":",-12}{value}");
        }
    }

    // The members of the first level: what is below them the schema itself tells (-o yaml).
    private static List<(string Name, string Kind, string? Description)> Settings(JsonElement? schema)
    {
        if (schema is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var required = root.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array ? names.EnumerateArray().Select(static n => n.GetString()).ToHashSet() : [];
        return
        [
            .. properties.EnumerateObject()
                .Where(static property => property.Value.ValueKind == JsonValueKind.Object)
                .OrderBy(property => required.Contains(property.Name) ? 0 : 1)
                .Select(property => (property.Name, Kind(property.Value, required.Contains(property.Name)), Text(property.Value, "description"))),
        ];
    }

    private static string Kind(JsonElement schema, bool isRequired)
    {
        var words = new List<string>();
        if (isRequired)
        {
            words.Add("required");
        }

        if (schema.TryGetProperty(ConfigSchemaKeywords.Secret, out var secret) && secret.ValueKind == JsonValueKind.True)
        {
            words.Add("secret");
        }

        words.Add(Text(schema, "type") ?? "any");
        return string.Join(' ', words);
    }

    private static string? Text(JsonElement schema, string name) => schema.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
