using System.Text.Json.Serialization.Metadata;

namespace DotMac.Plugins.Sdk.Json;

/// <summary>Names types in JSON's words, for people who never saw the C# ones.</summary>
internal static class JsonWord
{
    /// <summary>What a value must be to be read into the type.</summary>
    public static string For(JsonTypeInfo? typeInfo)
    {
        Type? type = typeInfo is null ? null : Nullable.GetUnderlyingType(typeInfo.Type) ?? typeInfo.Type;
        return typeInfo?.Kind switch
        {
            null => "a value that fits",
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
            JsonTypeInfoKind.Enumerable => "an array",
            _ when type!.IsEnum => "one of " + string.Join(", ", Enum.GetNames(type).Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName)),
            _ => Type.GetTypeCode(type) switch
            {
                TypeCode.String => "a string",
                TypeCode.Boolean => "true or false",
                TypeCode.Byte or TypeCode.SByte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64
                    or TypeCode.UInt64 => "an integer in range",
                TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
                TypeCode.DateTime => "a date and time (RFC 3339)",
                _ when type == typeof(DateTimeOffset) => "a date and time (RFC 3339)",
                _ when type == typeof(Uri) => "a URI",
                _ => "a value that fits",
            },
        };
    }
}
