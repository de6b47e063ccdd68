namespace DotMac.StandIns.Vault.Kubernetes;

/// <summary>What a pod knows of the cluster that it runs in.</summary>
/// <param name="Authorities">The PEM of the authorities that vouch for the API server; null when it runs in none.</param>
/// <param name="Token">Its service account's token, read anew each time; null when it runs in none.</param>
internal sealed record LocalPod(string? Authorities, Func<string?> Token)
{
    /// <summary>Not in a pod.</summary>
    public static LocalPod None { get; } = new(null, static () => null);
}
