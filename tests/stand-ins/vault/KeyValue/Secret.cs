using System.Text.Json.Nodes;

namespace DotMac.StandIns.Vault.KeyValue;

/// <summary>A secret with its versions.</summary>
internal sealed class Secret(DateTimeOffset createdAt)
{
    public SortedDictionary<int, SecretVersion> Versions { get; } = [];

    public int Current { get; set; }

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public int MaximumVersions { get; set; }

    public bool IsCasRequired { get; set; }

    public TimeSpan DeleteVersionAfter { get; set; }

    public JsonObject? CustomMetadata { get; set; }

    /// <summary>A version's metadata, as reads and writes answer it.</summary>
    public JsonObject Describe(SecretVersion version)
    {
        var description = version.Describe();
        description["version"] = version.Number;
        description["custom_metadata"] = CustomMetadata?.DeepClone();
        return description;
    }
}
