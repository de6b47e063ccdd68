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

    /// <summary>
    /// Shows what is counted seldom before it first happens: Prometheus sees no increase in a series that begins with 1.
    /// </summary>
    public static void ShowAtZero()
    {
        InjectionMissing.Add(0);
        PodsRecreated.Add(0);
        foreach (var kind in Enum.GetNames<VaultErrorKind>())
        {
            VaultErrors.Add(0, new KeyValuePair<string, object?>("kind", kind));
        }
    }
}
