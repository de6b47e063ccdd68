using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Kubernetes.Serialization;

/// <summary>Times as Kubernetes writes them: RFC 3339, UTC, whole seconds, <c>Z</c>. Source: <c>metav1.Time</c>.</summary>
public sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetDateTimeOffset(out var time) ? time : throw new JsonException("expected a time in RFC 3339");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
