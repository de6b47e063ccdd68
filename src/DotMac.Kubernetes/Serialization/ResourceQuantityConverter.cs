using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Serialization;

/// <summary>Reads quantities from strings and bare numbers; writes the canonical form.</summary>
public sealed class ResourceQuantityConverter : JsonConverter<ResourceQuantity>
{
    /// <inheritdoc />
    public override ResourceQuantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => reader.GetDecimal().ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
        return ResourceQuantity.TryParse(text, out var quantity) ? quantity : throw new JsonException($"'{text}' is not a quantity");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ResourceQuantity value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
