namespace DotMac.Plugins.Sdk.Hosting;

/// <summary>How a plugin is hosted. The defaults are a container's.</summary>
public sealed class PluginHostOptions
{
    /// <summary>Where to listen, such as <c>http://127.0.0.1:0</c>. Null: <c>ASPNETCORE_URLS</c>, else all addresses on the contract's port.</summary>
    public string? Url { get; set; }

    /// <summary>Reads an environment variable; null when it is not set.</summary>
    public Func<string, string?> Environment { get; set; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Where log lines go, one JSON object a line. Null: standard output, readable when that is a terminal.</summary>
    public TextWriter? LogOutput { get; set; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// How long calls are still taken after the signal to stop, while readiness already says no: so long may it take until the last caller has heard that
    /// the replica goes.
    /// </summary>
    public TimeSpan LameDuckTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long calls may still run after that.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long deactivate and cleanup may take together.</summary>
    public TimeSpan CleanupTime { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long an operation may take when the caller does not say.</summary>
    public TimeSpan DefaultTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time that a caller may ask for.</summary>
    public TimeSpan MaxTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often mounted files are looked at even if nothing told of a change.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The longest wait between two runs of a check while something is wrong: who has mended it wants to see it soon, and a vendor that nobody else calls
    /// must be found well again.
    /// </summary>
    public TimeSpan TroubledInterval { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The first wait after a failed initialize or activate; doubles up to 30 seconds.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);
}
