using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>Orders states. Not knowing is worse than knowing that all is well, and better than knowing of trouble.</summary>
internal static class HealthSeverity
{
    /// <summary>The larger, the worse.</summary>
    public static int Of(HealthState state) => state switch
    {
        HealthState.Healthy => 0,
        HealthState.Unknown => 1,
        HealthState.Degraded => 2,
        _ => 3,
    };
}
