namespace DotMac.Audit.Verification;

/// <summary>What came of verifying a trail.</summary>
/// <param name="Lines">Lines that were read.</param>
/// <param name="First">The number of the first one; null when there is none.</param>
/// <param name="Last">The number of the last one; null when there is none.</param>
/// <param name="From">When the first one was written.</param>
/// <param name="Until">When the last one was written.</param>
/// <param name="LastHash">The hash of the last one.</param>
/// <param name="Findings">What is wrong, in the order of the files, the first <see cref="MostFindings"/>.</param>
/// <param name="MoreFindings">How many more there are.</param>
public sealed record AuditVerification(
    long Lines, long? First, long? Last, DateTimeOffset? From, DateTimeOffset? Until, string? LastHash, IReadOnlyList<AuditFinding> Findings, long MoreFindings)
{
    /// <summary>So many findings are told one by one.</summary>
    public const int MostFindings = 100;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsIntact => Findings.Count == 0;
}
