namespace DotMac.Vault.KeyValue;

/// <summary>One version of a secret.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="DeletedAt">When it was deleted, or will be; null when neither.</param>
/// <param name="IsDestroyed">Whether its data is gone for good.</param>
public sealed record KeyValueVersion(int Number, DateTimeOffset CreatedAt, DateTimeOffset? DeletedAt, bool IsDestroyed)
{
    /// <summary>What became of it.</summary>
    /// <param name="now">The time: versions may be set to be deleted at one.</param>
    public KeyValueState State(DateTimeOffset now) =>
        IsDestroyed ? KeyValueState.Destroyed : DeletedAt <= now ? KeyValueState.Deleted : KeyValueState.Available;
}
