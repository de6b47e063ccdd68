using System.Text.Json;
using System.Text.RegularExpressions;
using DotMac.Plugins.Contract.References;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>
/// Finds the values of a config that its schema marks with <c>x-dotmac-secret: true</c>. In doubt a field is secret: one alternative that
/// says so
/// is enough, and everything below a secret object is.
/// </summary>
public static class SecretFields
{
    /// <summary>Finds them.</summary>
    /// <param name="config">The config.</param>
    /// <param name="schema">Its schema; need not be valid.</param>
    /// <returns>Every text, number and boolean in a secret field, in document order.</returns>
    public static IReadOnlyList<SecretField> Locate(JsonElement config, JsonElement schema)
    {
        var found = new List<SecretField>();
        Visit(config, [schema], schema, inSecret: false, JsonPointer.Root, found);
        return found;
    }

    private static void Visit(
        JsonElement value, IEnumerable<JsonElement> schemas, JsonElement root, bool inSecret, string pointer, List<SecretField> found)
    {
        var applicable = new List<JsonElement>();
        var followed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var schema in schemas)
        {
            Expand(schema, root, applicable, followed);
        }

        var secret = inSecret || applicable.Exists(IsSecret);
        if (!secret && applicable.Count == 0)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Visit(
                        member.Value,
                        applicable.SelectMany(schema => OfMember(schema, member.Name)),
                        root,
                        secret,
                        JsonPointer.Append(pointer, member.Name),
                        found);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    var position = index++;
                    Visit(
                        item,
                        applicable.SelectMany(schema => OfItem(schema, position)),
                        root,
                        secret,
                        JsonPointer.Append(pointer, position),
                        found);
                }

                break;
            case JsonValueKind.String when secret:
                found.Add(new SecretField(pointer, IsReference(value)));
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when secret:
                found.Add(new SecretField(pointer, IsReference: false));
                break;
        }
    }

    private static bool IsSecret(JsonElement schema) =>
        schema.TryGetProperty(ConfigSchemaKeywords.Secret, out var flag) && flag.ValueKind == JsonValueKind.True;

    // A malformed reference is an error of its own, and no secret in plain text.
    private static bool IsReference(JsonElement text) =>
        !ConfigTemplate.TryParse(text.GetString()!, out var template, out _) || template.HasReferences;

    // All schemas that apply to the same value: through references and alternatives.
    private static void Expand(JsonElement schema, JsonElement root, List<JsonElement> into, HashSet<string> followed)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        into.Add(schema);
        if (SchemaReference.Of(schema) is { } reference && followed.Add(reference) && SchemaReference.Follow(root, reference) is { } target)
        {
            Expand(target, root, into, followed);
        }

        foreach (var keyword in ConfigSchemaKeywords.ManySchemas)
        {
            if (schema.TryGetProperty(keyword, out var several) && several.ValueKind == JsonValueKind.Array)
            {
                foreach (var one in several.EnumerateArray())
                {
                    Expand(one, root, into, followed);
                }
            }
        }
    }

    private static IEnumerable<JsonElement> OfMember(JsonElement schema, string name)
    {
        var named = false;
        if (
            Member(schema, "properties") is { ValueKind: JsonValueKind.Object } properties
            && properties.TryGetProperty(name, out var property))
        {
            named = true;
            yield return property;
        }

        if (Member(schema, "patternProperties") is { ValueKind: JsonValueKind.Object } patterns)
        {
            foreach (var pattern in patterns.EnumerateObject().Where(pattern => Matches(pattern.Name, name)))
            {
                named = true;
                yield return pattern.Value;
            }
        }

        if (!named && Member(schema, "additionalProperties") is { } additional)
        {
            yield return additional;
        }
    }

    private static IEnumerable<JsonElement> OfItem(JsonElement schema, int index)
    {
        if (Member(schema, "items") is not { } items)
        {
            return [];
        }

        if (items.ValueKind != JsonValueKind.Array)
        {
            return [items];
        }

        return index < items.GetArrayLength() ? [items[index]] : Member(schema, "additionalItems") is { } additional ? [additional] : [];
    }

    private static JsonElement? Member(JsonElement schema, string name) => schema.TryGetProperty(name, out var member) ? member : null;

    private static bool Matches(string pattern, string name)
    {
        try
        {
            return SchemaPattern.Compile(pattern).IsMatch(name);
        }
        catch (Exception failure) when (failure is RegexParseException or NotSupportedException)
        {
            return true;
        }
    }
}
