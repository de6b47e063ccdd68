using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Kubernetes.Serialization;

/// <summary>Reads a string that many objects repeat as one shared instance.</summary>
public sealed class InternedStringConverter : JsonConverter<string>
{
    /// <inheritdoc />
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Null
            ? StringInterner.Read(ref reader)
            : throw new JsonException($"expected a string, found {reader.TokenType}");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
