using System.Diagnostics.Metrics;
using DotMac.Vault.Client;

namespace DotMac.Operator.Diagnostics;

/// <summary>What the operator counts of its own; the runtime counts the rest.</summary>
internal static class OperatorMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "DotMac.Operator";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Pods seen without the Vault agent that their template asks for.</summary>
    public static Counter<long> InjectionMissing { get; } = Meter.CreateCounter<long>(
        "dotmac_injection_missing_total", description: "Times that a plugin was found to run pods without the Vault agent that they ask for.");

    /// <summary>Pods made anew because of it.</summary>
    public static Counter<long> PodsRecreated { get; } = Meter.CreateCounter<long>(
        "dotmac_pods_recreated_total", description: "Pods without Vault agent that were made anew once the injector was back.");

    /// <summary>Requests to Vault that failed, by kind.</summary>
    public static Counter<long> VaultErrors { get; } = Meter.CreateCounter<long>(
        "dotmac_vault_errors_total", description: "Requests to Vault that failed, by kind.");

    /// <summary>Pods asked for their status, by result.</summary>
    public static Counter<long> Probes { get; } = Meter.CreateCounter<long>(
        "dotmac_probe_total", description: "Times that a pod was asked for its status, by result.");

    /// <summary>How long pods take to answer, in seconds.</summary>
    public static Histogram<double> ProbeDuration { get; } = Meter.CreateHistogram(
        "dotmac_probe_duration_seconds",
        unit: "s",
        description: "How long pods took to tell their status, or the operator to give up.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] });

    /// <summary>Statuses written, by kind: for what they mean, or for numbers and words alone.</summary>
    public static Counter<long> StatusWrites { get; } = Meter.CreateCounter<long>(
        "dotmac_status_writes_total", description: "Statuses of TenantPlugins that were written, by kind: meaning, or numbers alone.");

    /// <summary>Statuses that had to wait for their write.</summary>
    public static Counter<long> StatusWritesDeferred { get; } = Meter.CreateCounter<long>(
        "dotmac_status_writes_deferred_total", description: "Times that the write of a status was put off because too many were written.");

    /// <summary>
    /// Shows what is counted seldom before it first happens: Prometheus sees no increase in a series that begins with 1.
    /// </summary>
    public static void ShowAtZero()
    {
        InjectionMissing.Add(0);
        PodsRecreated.Add(0);
        foreach (var result in new[] { "success", "failure" })
        {
            Probes.Add(0, new KeyValuePair<string, object?>("result", result));
        }

        foreach (var kind in new[] { "meaning", "numbers" })
        {
            StatusWrites.Add(0, new KeyValuePair<string, object?>("kind", kind));
            StatusWritesDeferred.Add(0, new KeyValuePair<string, object?>("kind", kind));
        }

        foreach (var kind in Enum.GetNames<VaultErrorKind>())
        {
            VaultErrors.Add(0, new KeyValuePair<string, object?>("kind", kind));
        }
    }
}
