namespace DotMac.Plugins.Contract.Status;

/// <summary>What a plugin process has done since it started.</summary>
/// <param name="ApiCalls">Operations called and answered, refused callers not counted.</param>
/// <param name="ApiErrors">Those of <paramref name="ApiCalls"/> that failed on the plugin's or the vendor's side (answered with 5xx, or with the vendor's 429); a caller's own mistakes are not counted.</param>
/// <param name="Latency">How long the calls took.</param>
public sealed record PluginMetrics(long ApiCalls = 0, long ApiErrors = 0, LatencyHistogram? Latency = null);
