using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Vault.Secrets;

/// <summary>Reads tokens out of Vault's answers; never writes one.</summary>
internal sealed class VaultTokenConverter : JsonConverter<VaultToken>
{
    public override VaultToken? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 0 } value ? new VaultToken(value) : null;

    public override void Write(Utf8JsonWriter writer, VaultToken value, JsonSerializerOptions options) => writer.WriteStringValue(SecretText.Redacted);
}
