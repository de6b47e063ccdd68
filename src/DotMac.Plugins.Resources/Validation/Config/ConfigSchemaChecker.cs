using System.Text.Json;
using System.Text.RegularExpressions;
using DotMac.Plugins.Contract.References;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>Checks that a config schema is one, and holds nothing that would be ignored, fetched or never end.</summary>
public static class ConfigSchemaChecker
{
    private const int DeepestNesting = 48;

    /// <summary>Checks a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <returns>The errors, their pointers relative to the schema.</returns>
    public static IReadOnlyList<ValidationError> Check(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return [new ValidationError(JsonPointer.Root, "a config schema is an object; write at least {type: object}")];
        }

        var check = new Checking(schema);
        check.Root();
        return check.Errors;
    }

    private sealed class Checking(JsonElement root)
    {
        public List<ValidationError> Errors { get; } = [];

        public void Root()
        {
            // What is no type at all is found below.
            if (root.TryGetProperty("type", out var type)
                && (type.ValueKind == JsonValueKind.Array || (IsType(type) && !type.ValueEquals("object"))))
            {
                Add("/type", "a config is always an object; write type: object");
            }

            Schema(root, JsonPointer.Root, 0);
        }

        private void Schema(JsonElement schema, string pointer, int depth)
        {
            if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
            {
                return;
            }

            if (schema.ValueKind != JsonValueKind.Object)
            {
                Add(pointer, "a schema is expected here: an object, or true or false");
                return;
            }

            if (depth > DeepestNesting)
            {
                Add(pointer, $"schemas are nested more than {DeepestNesting} deep here; flatten them, or name parts in $defs");
                return;
            }

            foreach (var keyword in schema.EnumerateObject())
            {
                Keyword(keyword.Name, keyword.Value, JsonPointer.Append(pointer, keyword.Name), depth);
            }

            if (SchemaReference.Of(schema) is not null && Circles(schema, [], []))
            {
                Add(
                    JsonPointer.Append(pointer, "$ref"),
                    "the reference leads back to itself without going into a property or an item; break the circle");
            }
        }

        private void Keyword(string name, JsonElement value, string pointer, int depth)
        {
            if (ConfigSchemaKeywords.OneSchema.Contains(name))
            {
                Schema(value, pointer, depth + 1);
            }
            else if (ConfigSchemaKeywords.ManySchemas.Contains(name))
            {
                Schemas(value, pointer, depth);
            }
            else if (ConfigSchemaKeywords.NamedSchemas.Contains(name))
            {
                Named(value, pointer, depth, expressions: name == "patternProperties");
            }
            else if (ConfigSchemaKeywords.Counts.Contains(name))
            {
                Expect(
                    value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0,
                    pointer,
                    "a whole number, 0 or more");
            }
            else if (ConfigSchemaKeywords.Numbers.Contains(name))
            {
                Expect(IsDecimal(value) && (name != "multipleOf" || value.GetDecimal() > 0), pointer, "a number, above 0 for multipleOf");
            }
            else if (ConfigSchemaKeywords.ExclusiveBounds.Contains(name))
            {
                Expect(IsDecimal(value) || IsFlag(value), pointer, "a number");
            }
            else if (ConfigSchemaKeywords.Flags.Contains(name) || name == ConfigSchemaKeywords.Secret)
            {
                Expect(IsFlag(value), pointer, "true or false");
            }
            else
            {
                Special(name, value, pointer, depth);
            }
        }

        private void Special(string name, JsonElement value, string pointer, int depth)
        {
            switch (name)
            {
                case "type":
                    Types(value, pointer);
                    break;
                case "required":
                    Expect(IsListOfStrings(value), pointer, "a list of property names");
                    break;
                case "enum":
                    Expect(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0, pointer, "a list of at least one value");
                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                    Schemas(value, pointer, depth);
                    break;
                case "items":
                    Schema(value, pointer, depth + 1);
                    break;
                case "pattern":
                    Expression(value.ValueKind == JsonValueKind.String ? value.GetString() : null, pointer);
                    break;
                case "$ref":
                    Reference(value, pointer);
                    break;
                case "format":
                    Expect(value.ValueKind == JsonValueKind.String, pointer, "the name of a format");
                    break;
                default:
                    Unknown(name, pointer);
                    break;
            }
        }

        private void Unknown(string name, string pointer)
        {
            if (ConfigSchemaKeywords.Annotations.Contains(name) || name.StartsWith("x-", StringComparison.Ordinal))
            {
                return;
            }

            if (ConfigSchemaKeywords.Unsupported.Contains(name))
            {
                Add(
                    pointer,
                    "this keyword is not enforced here; "
                    + "express the rule with properties, required, oneOf, anyOf, allOf or not, or leave it out");
                return;
            }

            var closest = ClosestMatch.Of(name, ConfigSchemaKeywords.All);
            Add(
                pointer,
                "this is no keyword of JSON schema; "
                + (closest is null ? string.Empty : $"did you mean {closest}? ") + "Annotations of your own start with x-");
        }

        private void Schemas(JsonElement value, string pointer, int depth)
        {
            if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
            {
                Add(pointer, "a list of at least one schema is expected here");
                return;
            }

            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Schema(item, JsonPointer.Append(pointer, index++), depth + 1);
            }
        }

        private void Named(JsonElement value, string pointer, int depth, bool expressions)
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                Add(pointer, "a map from names to schemas is expected here");
                return;
            }

            foreach (var member in value.EnumerateObject())
            {
                var place = JsonPointer.Append(pointer, member.Name);
                if (expressions)
                {
                    Expression(member.Name, place);
                }

                Schema(member.Value, place, depth + 1);
            }
        }

        private void Types(JsonElement value, string pointer)
        {
            var names = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value];
            foreach (var name in names.Where(name => !IsType(name)))
            {
                var closest = name.ValueKind == JsonValueKind.String
                    ? ClosestMatch.Of(name.GetString()!, ConfigSchemaKeywords.Types)
                    : null;
                Add(
                    pointer,
                    $"a type is one of {string.Join(", ", ConfigSchemaKeywords.Types.Order())}"
                    + $"{(closest is null ? "" : $"; did you mean {closest}?")}");
            }

            Expect(names.Length > 0, pointer, "a type, or a list of at least one");
        }

        private void Expression(string? pattern, string pointer)
        {
            if (pattern is null)
            {
                Add(pointer, "a regular expression is expected here");
                return;
            }

            try
            {
                _ = SchemaPattern.Compile(pattern);
            }
            catch (RegexParseException failure)
            {
                Add(pointer, $"the regular expression is malformed at character {failure.Offset + 1} ({failure.Error}); correct it");
            }
            catch (NotSupportedException)
            {
                Add(
                    pointer,
                    "the regular expression uses look-around, a back-reference or an atomic group, or is too large; "
                    + "write it without, so that it cannot run away");
            }
        }

        private void Reference(JsonElement value, string pointer)
        {
            var reference = value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
            if (!reference.StartsWith('#'))
            {
                Add(pointer, "only references inside this schema are followed; copy the other schema into $defs and write #/$defs/name");
            }
            else if (SchemaReference.Follow(root, reference) is null)
            {
                Add(pointer, "the reference points to nothing; write #/$defs/name, and add name to $defs");
            }
        }

        // Schemas that apply to the same value as this one; a way from one of them back to itself would never end. References that were
        // found
        // to end are not followed again: a schema that doubles at every step would take for ever.
        private bool Circles(JsonElement schema, HashSet<string> way, HashSet<string> ended)
        {
            if (SchemaReference.Of(schema) is { } reference && !ended.Contains(reference))
            {
                if (!way.Add(reference) || (SchemaReference.Follow(root, reference) is { } target && Circles(target, way, ended)))
                {
                    return true;
                }

                way.Remove(reference);
                ended.Add(reference);
            }

            return SchemasInPlace(schema).Any(other => Circles(other, way, ended));
        }

        private static IEnumerable<JsonElement> SchemasInPlace(JsonElement schema)
        {
            if (schema.ValueKind != JsonValueKind.Object)
            {
                yield break;
            }

            foreach (var keyword in schema.EnumerateObject())
            {
                if (keyword.Name == "not")
                {
                    yield return keyword.Value;
                }
                else if (ConfigSchemaKeywords.ManySchemas.Contains(keyword.Name) && keyword.Value.ValueKind == JsonValueKind.Array)
                {
                    foreach (var item in keyword.Value.EnumerateArray())
                    {
                        yield return item;
                    }
                }
            }
        }

        private static bool IsType(JsonElement value) =>
            value.ValueKind == JsonValueKind.String && ConfigSchemaKeywords.Types.Contains(value.GetString()!);

        private static bool IsDecimal(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out _);

        private static bool IsFlag(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;

        private static bool IsListOfStrings(JsonElement value) =>
            value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);

        private void Expect(bool holds, string pointer, string what)
        {
            if (!holds)
            {
                Add(pointer, $"{what} is expected here");
            }
        }

        private void Add(string pointer, string message) => Errors.Add(new ValidationError(pointer, message));
    }
}
