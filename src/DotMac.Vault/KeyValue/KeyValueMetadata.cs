namespace DotMac.Vault.KeyValue;

/// <summary>What Vault notes about a secret beside its data.</summary>
/// <param name="CurrentVersion">The newest version's number; 0 when there is none yet.</param>
/// <param name="OldestVersion">The number of the oldest version kept.</param>
/// <param name="CreatedAt">When the secret was first written.</param>
/// <param name="UpdatedAt">When it was last written.</param>
/// <param name="MaximumVersions">How many versions are kept; 0: as many as the engine says.</param>
/// <param name="IsCheckAndSetRequired">Whether writes must name the version that they replace.</param>
/// <param name="CustomMetadata">What people noted.</param>
/// <param name="Versions">The versions kept, by number.</param>
public sealed record KeyValueMetadata(
    int CurrentVersion,
    int OldestVersion,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int MaximumVersions,
    bool IsCheckAndSetRequired,
    IReadOnlyDictionary<string, string> CustomMetadata,
    IReadOnlyDictionary<int, KeyValueVersion> Versions)
{
    /// <summary>The newest version; null when there is none yet.</summary>
    public KeyValueVersion? Current => Versions.GetValueOrDefault(CurrentVersion);
}
