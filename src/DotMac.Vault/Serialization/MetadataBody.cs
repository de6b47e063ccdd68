namespace DotMac.Vault.Serialization;

/// <summary>A secret's metadata.</summary>
internal sealed record MetadataBody(
    int CurrentVersion,
    int OldestVersion,
    string? CreatedTime,
    string? UpdatedTime,
    int MaxVersions,
    bool CasRequired,
    IReadOnlyDictionary<string, string>? CustomMetadata,
    IReadOnlyDictionary<string, VersionBody>? Versions);
