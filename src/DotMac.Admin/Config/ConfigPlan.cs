using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Admin.Problems;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources.Validation.Config;
using DotMac.Vault.Secrets;

namespace DotMac.Admin.Config;

/// <summary>
/// A config as it is to be stored: with the schema's names, and its secrets replaced by references to where they will be. Pure.
/// </summary>
/// <param name="Config">The config; null when there is none.</param>
/// <param name="Secrets">The secrets by their keys at that place; empty when there are none.</param>
/// <param name="Errors">What is wrong, with pointers into the request.</param>
internal sealed record ConfigPlan(JsonElement? Config, IReadOnlyDictionary<string, SecretValue> Secrets, IReadOnlyList<FieldError> Errors)
{
    /// <summary>Where a config is in a request.</summary>
    public const string Place = "/config_data";

    private static readonly IReadOnlyDictionary<string, SecretValue> NoSecrets = new Dictionary<string, SecretValue>();

    /// <summary>Makes it.</summary>
    /// <param name="given">The config as it came; null when none did.</param>
    /// <param name="schema">Its schema; null when there is none, then nothing is known to be a secret.</param>
    /// <param name="path">Where its secrets will be, as references name it.</param>
    public static ConfigPlan Of(JsonElement? given, JsonElement? schema, string path)
    {
        if (given is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } config)
        {
            return new ConfigPlan(null, NoSecrets, []);
        }

        if (config.ValueKind != JsonValueKind.Object)
        {
            return new ConfigPlan(null, NoSecrets, [new FieldError(Place, "must be an object")]);
        }

        var errors = new List<FieldError>();
        var named = ConfigNames.ToSchema(config, schema, errors)!.AsObject();
        for (var i = 0; i < errors.Count; i++)
        {
            errors[i] = errors[i] with { Pointer = Place + errors[i].Pointer };
        }

        var literal = JsonSerializer.SerializeToElement(named);
        if (schema is not { ValueKind: JsonValueKind.Object } rules)
        {
            return new ConfigPlan(literal, NoSecrets, errors);
        }

        var secrets = new Dictionary<string, SecretValue>(StringComparer.Ordinal);
        var plain = SecretFields.Locate(literal, rules).Where(static field => !field.IsReference).Select(static field => field.Pointer).ToList();
        foreach (var pointer in plain)
        {
            Replace(named, pointer, rules, path, secrets, errors);
        }

        AddSchemaErrors(literal, rules, plain, errors);
        return new ConfigPlan(JsonSerializer.SerializeToElement(named), secrets, errors);
    }

    private static void Replace(JsonObject config, string pointer, JsonElement schema, string path, Dictionary<string, SecretValue> secrets, List<FieldError> errors)
    {
        var tokens = pointer.Split('/').Skip(1).Select(static t => t.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToList();
        JsonNode parent = config;
        foreach (var token in tokens.SkipLast(1))
        {
            parent = parent is JsonArray list ? list[int.Parse(token, System.Globalization.CultureInfo.InvariantCulture)]! : parent[token]!;
        }

        var value = parent is JsonArray items ? items[int.Parse(tokens[^1], System.Globalization.CultureInfo.InvariantCulture)]! : parent[tokens[^1]]!;
        if (value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == ConfigMask.Masked)
        {
            errors.Add(new FieldError(Place + ConfigNames.PointerToGuide(pointer, schema), $"{ConfigMask.Masked} stands for a secret that is not shown; send the secret itself, or a reference to it"));
            return;
        }

        var key = KeyOf(tokens, secrets);
        secrets.Add(key, SecretOf(value));
        var reference = new ConfigReference(ReferenceKind.Vault, path, key).ToString();
        if (parent is JsonArray of)
        {
            of[int.Parse(tokens[^1], System.Globalization.CultureInfo.InvariantCulture)] = reference;
        }
        else
        {
            parent[tokens[^1]] = reference;
        }
    }

    // "$${" is written for "${" in configs; what counts is what the plugin would read.
    private static SecretValue SecretOf(JsonNode value) => value.GetValueKind() != JsonValueKind.String
        ? SecretValue.OfJson(value.ToJsonString())
        : new SecretValue(ConfigTemplate.TryParse(value.GetValue<string>(), out var template, out _) ? template.Render(static _ => string.Empty) : value.GetValue<string>());

    private static string KeyOf(IReadOnlyList<string> tokens, Dictionary<string, SecretValue> taken)
    {
        var plain = string.Join('_', tokens.Select(ConfigNames.Snake));
        var key = string.Concat(plain.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
        key = key.Length is > 0 and <= 100 ? key : "secret";
        var unique = key;
        for (var i = 2; taken.ContainsKey(unique); i++)
        {
            unique = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{key}_{i}");
        }

        return unique;
    }

    // Once they are references, nothing can be said about them any more.
    private static void AddSchemaErrors(JsonElement literal, JsonElement schema, List<string> plain, List<FieldError> errors)
    {
        if (plain.Count == 0)
        {
            return;
        }

        try
        {
            errors.AddRange(ConfigSchemaCache.Shared.Get(schema).Validate(literal)
                .Where(error => plain.Contains(error.Pointer))
                .Select(error => new FieldError(Place + ConfigNames.PointerToGuide(error.Pointer, schema), error.Message)));
        }
        catch (ConfigSchemaException)
        {
            // The definition is at fault, and the check of the whole says so.
        }
    }
}
