using DotMac.Vault.KeyValue;

namespace DotMac.Vault.Serialization;

/// <summary>One version of a secret. Times are texts, for "none" is an empty one.</summary>
internal sealed record VersionBody(
    int Version,
    string? CreatedTime,
    string? DeletionTime,
    bool Destroyed,
    IReadOnlyDictionary<string, string>? CustomMetadata)
{
    public KeyValueVersion ToVersion() => new(Version, VaultTime.Parse(CreatedTime) ?? default, VaultTime.Parse(DeletionTime), Destroyed);
}
