using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Kubernetes.Crds;

/// <summary>Which properties of a class stand in a manifest, and under which names: the rules of System.Text.Json.</summary>
internal static class SchemaProperties
{
    /// <summary>The properties in the order of their declaration, those of base classes first.</summary>
    public static IEnumerable<PropertyInfo> Of(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0
            && property.GetMethod is { IsPublic: true }
            && property.SetMethod is { IsPublic: true }
            && property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always })
        .OrderBy(property => Depth(property.DeclaringType!))
        .ThenBy(property => property.MetadataToken);

    /// <summary>The name of a property in a manifest.</summary>
    public static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>The names of an enum's members in a manifest, with the fields that declare them.</summary>
    public static IEnumerable<(string Name, FieldInfo Field)> MembersOf(Type @enum) => @enum
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .OrderBy(field => field.MetadataToken)
        .Select(field => (field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name, field));

    private static int Depth(Type type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;
}
