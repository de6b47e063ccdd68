using System.Text.Json.Serialization.Metadata;

namespace DotMac.Plugins.Sdk.Json;

/// <summary>The attributes of a JSON member.</summary>
internal static class Annotations
{
    /// <summary>Those on the property and, for records, on its constructor parameter.</summary>
    public static IEnumerable<TAttribute> Of<TAttribute>(JsonPropertyInfo property)
        where TAttribute : Attribute
    {
        IEnumerable<object> onProperty = property.AttributeProvider?.GetCustomAttributes(typeof(TAttribute), inherit: true) ?? [];
        IEnumerable<object> onParameter = property.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(typeof(TAttribute), inherit: true) ?? [];
        return onProperty.Concat(onParameter).Cast<TAttribute>();
    }
}
