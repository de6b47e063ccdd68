using System.Text.Json.Serialization;

namespace DotMac.Vault.Serialization;

/// <summary>Generated (de)serializers of what goes over the wire. Bodies that hold secrets are written by hand, where they are sent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Envelope<SecretBody>), TypeInfoPropertyName = "EnvelopeSecretBody")]
[JsonSerializable(typeof(Envelope<SubkeysBody>), TypeInfoPropertyName = "EnvelopeSubkeysBody")]
[JsonSerializable(typeof(Envelope<MetadataBody>), TypeInfoPropertyName = "EnvelopeMetadataBody")]
[JsonSerializable(typeof(Envelope<VersionBody>), TypeInfoPropertyName = "EnvelopeVersionBody")]
[JsonSerializable(typeof(Envelope<KeyListBody>), TypeInfoPropertyName = "EnvelopeKeyListBody")]
[JsonSerializable(typeof(Envelope<RoleBody>), TypeInfoPropertyName = "EnvelopeRoleBody")]
[JsonSerializable(typeof(Envelope<TokenBody>), TypeInfoPropertyName = "EnvelopeTokenBody")]
[JsonSerializable(typeof(Envelope<PolicyBody>), TypeInfoPropertyName = "EnvelopePolicyBody")]
[JsonSerializable(typeof(RoleBody))]
[JsonSerializable(typeof(RenewalBody))]
[JsonSerializable(typeof(PolicyBody))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class VaultJson : JsonSerializerContext;
