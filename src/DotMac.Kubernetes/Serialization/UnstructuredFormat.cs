using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Serialization;

/// <summary>
/// Cuts an object's JSON into typed metadata and the bytes of the rest, and puts it together again. What nobody looks into is copied, not
/// parsed and written anew.
/// </summary>
internal static class UnstructuredFormat
{
    private static readonly JsonTypeInfo<V1ObjectMeta> MetadataInfo = KubernetesJson.Default.TypeInfo<V1ObjectMeta>();
    private static readonly JsonConverter<V1ObjectMeta> MetadataConverter = (JsonConverter<V1ObjectMeta>)MetadataInfo.Converter;

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>Reads an object.</summary>
    /// <exception cref="JsonException">It is not JSON, or no object.</exception>
    public static Unstructured Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = KubernetesJson.Deepest });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"expected an object, found {reader.TokenType}");
        }

        var result = new Unstructured();
        var body = ArrayPool<byte>.Shared.Rent(json.Length + 2);
        try
        {
            var length = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var start = (int)reader.TokenStartIndex;
                if (reader.ValueTextEquals("metadata"u8))
                {
                    reader.Read();

                    // The converter itself: the serializer would look for the value's end first, and read it twice.
                    result.Metadata = reader.TokenType == JsonTokenType.Null
                        ? new V1ObjectMeta()
                        : MetadataConverter.Read(ref reader, typeof(V1ObjectMeta), MetadataInfo.Options) ?? new V1ObjectMeta();
                }
                else if (reader.ValueTextEquals("apiVersion"u8))
                {
                    reader.Read();
                    result.ApiVersion = StringInterner.Read(ref reader);
                }
                else if (reader.ValueTextEquals("kind"u8))
                {
                    reader.Read();
                    result.Kind = StringInterner.Read(ref reader);
                }
                else if (reader.ValueTextEquals("status"u8))
                {
                    reader.Read();
                    var from = (int)reader.TokenStartIndex;
                    reader.Skip();
                    result.Status = json[from..(int)reader.BytesConsumed].ToArray();
                }
                else
                {
                    reader.Skip();
                    body[length] = length == 0 ? (byte)'{' : (byte)',';
                    length++;
                    var property = json[start..(int)reader.BytesConsumed];
                    property.CopyTo(body.AsSpan(length));
                    length += property.Length;
                }
            }

            // Of more than one value in the text, and of text after it, the reader itself complains.
            while (reader.Read())
            {
            }

            if (length > 0)
            {
                body[length++] = (byte)'}';
                result.Body = body.AsSpan(0, length).ToArray();
            }
            else
            {
                result.Body = "{}"u8.ToArray();
            }

            return result;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    /// <summary>Writes an object as it is sent: without its status.</summary>
    public static byte[] Write(Unstructured value)
    {
        var buffer = new ArrayBufferWriter<byte>(value.Body.Length + 1024);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = MetadataInfo.Options.Encoder, SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion"u8, value.ApiVersion);
            writer.WriteString("kind"u8, value.Kind);
            writer.WritePropertyName("metadata"u8);
            JsonSerializer.Serialize(writer, value.Metadata, MetadataInfo);
        }

        // A body that somebody set by hand may be written with blanks.
        var rest = value.Body.Span.Trim(Blanks);
        rest = rest.IsEmpty ? "}"u8 : rest[1..].TrimStart(Blanks);
        if (rest[0] != (byte)'}')
        {
            buffer.Write(","u8);
        }

        buffer.Write(rest);

        return buffer.WrittenSpan.ToArray();
    }
}
