namespace DotMac.Plugins.Sdk.Health;

/// <summary>
/// Looks now and then whether something works, in the background: <c>/status</c> only ever shows the last result. A check never makes a plugin
/// unready, for a restart would not help.
/// </summary>
public interface IPluginCheck
{
    /// <summary>Its name, unique in the plugin, such as <c>credentials</c>.</summary>
    string Name { get; }

    /// <summary>How long to wait between two runs; the host varies it by a tenth, so that many plugins do not ask in step.</summary>
    TimeSpan Interval => TimeSpan.FromMinutes(5);

    /// <summary>How long one run may take.</summary>
    TimeSpan Timeout => TimeSpan.FromSeconds(10);

    /// <summary>
    /// Looks. A vendor that cannot be reached or is too slow reads as degraded, any other exception as unhealthy.
    /// </summary>
    /// <param name="cancellationToken">Fires when the time is up.</param>
    /// <returns>What it found.</returns>
    Task<CheckResult> CheckAsync(CancellationToken cancellationToken);
}
