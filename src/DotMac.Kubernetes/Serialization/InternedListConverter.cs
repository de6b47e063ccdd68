using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Kubernetes.Serialization;

/// <summary>For short lists of strings that many objects repeat, such as finalizers.</summary>
public sealed class InternedListConverter : JsonConverter<IList<string>>
{
    /// <inheritdoc />
    public override IList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"expected an array of strings, found {reader.TokenType}");
        }

        var list = new List<string>(1);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(StringInterner.Read(ref reader) ?? string.Empty);
        }

        return list;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, IList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var text in value)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
