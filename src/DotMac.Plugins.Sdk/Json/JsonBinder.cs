using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.References;

namespace DotMac.Plugins.Sdk.Json;

/// <summary>
/// Reads JSON into a type and checks it. Every problem names its field by JSON pointer and never quotes a value: configs hold secrets.
/// </summary>
internal static class JsonBinder
{
    /// <summary>Reads an element into a type; the value is null when there are problems.</summary>
    public static (object? Value, IReadOnlyList<FieldProblem> Problems) Bind(JsonElement element, Type type, JsonSerializerOptions options)
    {
        JsonTypeInfo typeInfo = options.GetTypeInfo(type);
        List<FieldProblem> missing = [.. Missing(element, typeInfo, JsonPointer.Root)];
        if (missing.Count > 0)
        {
            return (null, missing);
        }

        try
        {
            object? value = element.Deserialize(typeInfo);
            IReadOnlyList<FieldProblem> problems = value is null
                ? [new FieldProblem(JsonPointer.Root, $"Must be {JsonWord.For(typeInfo)}.")]
                : [.. ObjectValidator.Validate(value, typeInfo, JsonPointer.Root)];
            return problems.Count == 0 ? (value, problems) : (null, problems);
        }
        catch (JsonException exception)
        {
            // The serializer's own message is not passed on: it may quote what it read.
            IReadOnlyList<string> tokens = JsonExceptionPath.Tokens(exception.Path);
            string pointer = tokens.Aggregate(JsonPointer.Root, JsonPointer.Append);
            return (null, [new FieldProblem(pointer, $"Must be {JsonWord.For(Follow(typeInfo, tokens))}.")]);
        }
        catch (InvalidOperationException)
        {
            return (null, [new FieldProblem(JsonPointer.Root, "Holds text that is no valid Unicode.")]);
        }
    }

    private static IEnumerable<FieldProblem> Missing(JsonElement element, JsonTypeInfo typeInfo, string pointer)
    {
        if (typeInfo.Kind == JsonTypeInfoKind.Object && element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonPropertyInfo property in typeInfo.Properties)
            {
                string at = JsonPointer.Append(pointer, property.Name);
                if (element.TryGetProperty(property.Name, out JsonElement member))
                {
                    foreach (FieldProblem problem in Missing(member, typeInfo.Options.GetTypeInfo(property.PropertyType), at))
                    {
                        yield return problem;
                    }
                }
                else if (property.IsRequired)
                {
                    yield return new FieldProblem(at, "Is required.");
                }
            }
        }
        else if (typeInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: Type itemType } && element.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in element.EnumerateArray())
            {
                foreach (FieldProblem problem in Missing(item, typeInfo.Options.GetTypeInfo(itemType), JsonPointer.Append(pointer, index++)))
                {
                    yield return problem;
                }
            }
        }
    }

    private static JsonTypeInfo? Follow(JsonTypeInfo? typeInfo, IReadOnlyList<string> tokens)
    {
        foreach (string token in tokens)
        {
            Type? next = typeInfo?.Kind == JsonTypeInfoKind.Object
                ? typeInfo.Properties.FirstOrDefault(property => property.Name == token)?.PropertyType
                : typeInfo?.ElementType;
            typeInfo = next is null ? null : typeInfo!.Options.GetTypeInfo(next);
        }

        return typeInfo;
    }
}
