using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization.Metadata;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.References;

namespace DotMac.Plugins.Sdk.Json;

/// <summary>
/// Checks DataAnnotations all the way down (the framework's validator stops at the first level), by the names that JSON has. Attributes on
/// a record's constructor parameters count like attributes on its properties.
/// </summary>
internal static class ObjectValidator
{
    // Reading attributes costs more than all the rest of a call; the serializer keeps its descriptions of members, so these can be kept with them.
    private static readonly ConcurrentDictionary<JsonPropertyInfo, ValidationAttribute[]> Rules = new();
    private static readonly Func<JsonPropertyInfo, ValidationAttribute[]> RulesOf = static property => [.. Annotations.Of<ValidationAttribute>(property)];

    /// <summary>The problems of an object and of what it holds.</summary>
    public static IEnumerable<FieldProblem> Validate(object value, JsonTypeInfo typeInfo, string pointer)
    {
        switch (typeInfo.Kind)
        {
            case JsonTypeInfoKind.Object:
                return ValidateObject(value, typeInfo, pointer);
            case JsonTypeInfoKind.Enumerable when typeInfo.ElementType is Type itemType:
                return ((IEnumerable)value).Cast<object?>().SelectMany((item, index) =>
                    item is null ? [] : Validate(item, typeInfo.Options.GetTypeInfo(itemType), JsonPointer.Append(pointer, index)));
            case JsonTypeInfoKind.Dictionary when value is IDictionary entries && typeInfo.ElementType is Type valueType:
                return entries.Keys.Cast<object>().SelectMany(key =>
                    entries[key] is object entry ? Validate(entry, typeInfo.Options.GetTypeInfo(valueType), JsonPointer.Append(pointer, $"{key}")) : []);
            default:
                return [];
        }
    }

    private static IEnumerable<FieldProblem> ValidateObject(object value, JsonTypeInfo typeInfo, string pointer)
    {
        var problems = new List<FieldProblem>();
        foreach (JsonPropertyInfo property in typeInfo.Properties.Where(property => property.Get is not null))
        {
            string at = JsonPointer.Append(pointer, property.Name);
            object? member = property.Get!(value);
            if (Rules.GetOrAdd(property, RulesOf) is { Length: > 0 } rules)
            {
                var context = new ValidationContext(value) { DisplayName = property.Name, MemberName = MemberName(property) };
                problems.AddRange(rules
                    .Select(rule => rule.GetValidationResult(member, context))
                    .OfType<ValidationResult>()
                    .Select(result => new FieldProblem(at, result.ErrorMessage)));
            }

            if (member is not null)
            {
                problems.AddRange(Validate(member, typeInfo.Options.GetTypeInfo(property.PropertyType), at));
            }
        }

        // Rules over several fields build on each field being sound.
        return problems.Count == 0 && value is IValidatableObject self ? ValidateSelf(self, typeInfo, pointer) : problems;
    }

    private static IEnumerable<FieldProblem> ValidateSelf(IValidatableObject value, JsonTypeInfo typeInfo, string pointer) =>
        from result in value.Validate(new ValidationContext(value))
        where result is not null
        from member in result.MemberNames.DefaultIfEmpty()
        let property = typeInfo.Properties.FirstOrDefault(property => member is not null && MemberName(property) == member)
        select new FieldProblem(property is null ? pointer : JsonPointer.Append(pointer, property.Name), result.ErrorMessage);

    private static string MemberName(JsonPropertyInfo property) =>
        (property.AttributeProvider as System.Reflection.MemberInfo)?.Name ?? property.Name;
}
