using System.Runtime.InteropServices;
using System.Text.Json;
using DotMac.Plugins.Contract.References;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>Checks a config: its references, its secrets, and whether it fits the definition's schema.</summary>
public static class ConfigValidator
{
    private const string Root = "/spec/config";
    private const int LongestConfig = 256 * 1024;

    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    /// <summary>Checks a config.</summary>
    /// <param name="config">The config with its references unresolved; null is an empty one.</param>
    /// <param name="schema">The definition's schema; null lets any config pass whose references are well-formed.</param>
    /// <returns>The errors, with pointers into the TenantPlugin. No message holds a value of the config.</returns>
    public static IReadOnlyList<ValidationError> Validate(JsonElement? config, JsonElement? schema)
    {
        var given = config is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value ? value : Empty;
        if (given.ValueKind != JsonValueKind.Object)
        {
            return [new ValidationError(Root, "must be an object")];
        }

        // It becomes a ConfigMap, and the API server takes none above 1 MiB.
        if (JsonMarshal.GetRawUtf8Value(given).Length > LongestConfig)
        {
            return [new ValidationError(Root, $"is larger than {LongestConfig / 1024} KiB; move what is large out of the config")];
        }

        var references = ConfigReferences.Scan(given).Errors;
        var errors = references
            .Select(error => new ValidationError(Root + error.Pointer, $"column {error.Column}: {error.Message}"))
            .ToList();

        // A pointer to the whole config says that it holds text that cannot be read at all.
        if (schema is { ValueKind: JsonValueKind.Object } rules && !references.Any(error => error.Pointer.Length == 0))
        {
            AddSchemaErrors(given, rules, errors);
        }

        return errors;
    }

    private static void AddSchemaErrors(JsonElement config, JsonElement schema, List<ValidationError> errors)
    {
        var plain = SecretFields.Locate(config, schema)
            .Where(field => !field.IsReference)
            .Select(field => Root + field.Pointer)
            .ToHashSet(StringComparer.Ordinal);
        errors.AddRange(plain.Select(pointer => new ValidationError(
            pointer,
            $"is a secret and must not stand here in plain text; store it elsewhere and write a reference: {SecretAdvice.Forms}")));
        try
        {
            // What else is wrong with a secret in plain text does not matter, and would tell something about it.
            errors.AddRange(ConfigSchemaCache.Shared.Get(schema).Validate(config)
                .Select(error => error with { Pointer = Root + error.Pointer })
                .Where(error => !plain.Contains(error.Pointer)));
        }
        catch (ConfigSchemaException failure)
        {
            errors.Add(new ValidationError(
                "/spec/plugin",
                $"the config cannot be checked, because the PluginDefinition's configSchema has errors: {failure.Message}"));
        }
    }
}
