using DotMac.Plugins.Contract;

namespace DotMac.Plugins.Sdk.Testing;

/// <summary>What a plugin under test finds when it starts.</summary>
public sealed class PluginTestHostOptions
{
    /// <summary>The tenant.</summary>
    public string Tenant { get; init; } = "acme";

    /// <summary>The content of <c>plugin.json</c>; null: there is none yet.</summary>
    public string? Config { get; init; }

    /// <summary>The content of <c>callers.json</c>; null: there is none, and anybody may call unless <see cref="RequireCallers"/>.</summary>
    public string? Callers { get; init; }

    /// <summary>Without a callers file: true refuses everybody, as in a cluster.</summary>
    public bool RequireCallers { get; init; }

    /// <summary>What a changed config does.</summary>
    public ReloadMode Reload { get; init; } = ReloadMode.Restart;

    /// <summary>Vault's secrets by path; each is key and value.</summary>
    public Dictionary<string, Dictionary<string, string>> VaultSecrets { get; init; } = [];

    /// <summary>Kubernetes Secrets by name; each is key and value.</summary>
    public Dictionary<string, Dictionary<string, string>> Secrets { get; init; } = [];

    /// <summary>Environment variables, on top of the test host's own.</summary>
    public Dictionary<string, string> Environment { get; init; } = [];

    /// <summary>How long calls are still taken after the signal to stop. None by default, so that tests end at once.</summary>
    public TimeSpan LameDuckTime { get; init; } = TimeSpan.Zero;

    /// <summary>How long calls may still run after that.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest wait between two runs of a check while something is wrong.</summary>
    public TimeSpan TroubledInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Where vendors reach the webhooks from outside; null: they do not.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>How often files are looked at without being told. Long by default, so that tests see what the watcher sees.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock of deadlines, checks and retries.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
