using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Kubernetes.Serialization;

/// <summary>Reads maps of strings into dictionaries of just their size, keys interned.</summary>
public abstract class StringMapConverter : JsonConverter<IDictionary<string, string>>
{
    private readonly bool _internValues;

    private protected StringMapConverter(bool internValues) => _internValues = internValues;

    /// <inheritdoc />
    public override IDictionary<string, string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"expected an object of strings, found {reader.TokenType}");
        }

        var count = 0;
        var ahead = reader;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            ahead.Read();
            ahead.TrySkip();
            count++;
        }

        var map = new Dictionary<string, string>(count, StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = StringInterner.Read(ref reader)!;
            reader.Read();
            map[key] = (_internValues ? StringInterner.Read(ref reader) : reader.GetString()) ?? string.Empty;
        }

        return map;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, IDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, text) in value)
        {
            writer.WriteString(key, text);
        }

        writer.WriteEndObject();
    }
}
