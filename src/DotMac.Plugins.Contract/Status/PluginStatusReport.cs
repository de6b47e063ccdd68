using System.Text.Json.Serialization;

namespace DotMac.Plugins.Contract.Status;

/// <summary>What <c>GET /status</c> answers. Read one from a plugin with <see cref="StatusReader"/>: a plugin may answer anything.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Version">The plugin's version.</param>
/// <param name="State">Where the process is in its life; null when absent or not known to this version of the contract.</param>
/// <param name="StartedAt">When the process started.</param>
/// <param name="Checks">The last result of each check.</param>
/// <param name="Metrics">What it has done since it started.</param>
/// <param name="Dependencies">The services that it calls, as its calls have found them.</param>
public sealed record PluginStatusReport(
    string? Plugin = null,
    string? Version = null,
    [property: JsonConverter(typeof(LenientStateConverter))] PluginState? State = null,
    DateTimeOffset? StartedAt = null,
    IReadOnlyList<PluginCheck>? Checks = null,
    PluginMetrics? Metrics = null,
    IReadOnlyList<PluginDependency>? Dependencies = null)
{
    /// <summary>The last result of each check; never null.</summary>
    public IReadOnlyList<PluginCheck> Checks { get; init; } = Checks ?? [];

    /// <summary>What it has done since it started; never null.</summary>
    public PluginMetrics Metrics { get; init; } = Metrics ?? new PluginMetrics();

    /// <summary>The services that it calls; never null.</summary>
    public IReadOnlyList<PluginDependency> Dependencies { get; init; } = Dependencies ?? [];
}
