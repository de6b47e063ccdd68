using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Serialization;

/// <summary>Splits an object into typed metadata and the raw rest.</summary>
public sealed class UnstructuredConverter : JsonConverter<Unstructured>
{
    // As the server wrote it: a letter beyond ASCII stays one letter, not six characters.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <inheritdoc />
    public override Unstructured Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"expected an object, found {reader.TokenType}");
        }

        // Within another object's JSON the bytes are not at hand: they are written anew, and then cut.
        using var document = JsonDocument.ParseValue(ref reader);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            document.RootElement.WriteTo(writer);
        }

        return UnstructuredFormat.Parse(buffer.WrittenSpan);
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Unstructured value, JsonSerializerOptions options) =>
        writer.WriteRawValue(UnstructuredFormat.Write(value), skipInputValidation: true);
}
