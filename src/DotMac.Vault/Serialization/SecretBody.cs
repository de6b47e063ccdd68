using DotMac.Vault.Secrets;

namespace DotMac.Vault.Serialization;

/// <summary>A secret of the key-value engine; <c>data</c> is null when the version was deleted.</summary>
internal sealed record SecretBody(IReadOnlyDictionary<string, SecretValue>? Data, VersionBody? Metadata);
