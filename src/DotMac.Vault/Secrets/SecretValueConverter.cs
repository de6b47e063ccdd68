using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Vault.Secrets;

/// <summary>Reads secrets out of Vault's answers; never writes one.</summary>
internal sealed class SecretValueConverter : JsonConverter<SecretValue>
{
    public override bool HandleNull => true;

    public override SecretValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SecretValue.OfJson(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, SecretValue value, JsonSerializerOptions options) => writer.WriteStringValue(SecretText.Redacted);
}
