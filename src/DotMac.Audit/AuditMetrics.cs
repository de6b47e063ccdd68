using System.Diagnostics.Metrics;

namespace DotMac.Audit;

/// <summary>What is counted of trails.</summary>
public static class AuditMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "DotMac.Audit";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Entries recorded, by result.</summary>
    internal static Counter<long> Records { get; } = Meter.CreateCounter<long>("dotmac_audit_records_total", description: "Entries of the audit trail, by result.");

    /// <summary>Writes that failed, by sink.</summary>
    internal static Counter<long> WriteErrors { get; } = Meter.CreateCounter<long>(
        "dotmac_audit_write_errors_total", description: "Failed writes of the audit trail, by sink.");

    /// <summary>Entries that were lost, by sink.</summary>
    internal static Counter<long> Lost { get; } = Meter.CreateCounter<long>("dotmac_audit_lost_total", description: "Entries that could not be kept, by sink.");
}
