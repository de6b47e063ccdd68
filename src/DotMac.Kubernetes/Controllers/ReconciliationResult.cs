namespace DotMac.Kubernetes.Controllers;

/// <summary>What a reconcile came to.</summary>
public readonly record struct ReconciliationResult
{
    private ReconciliationResult(ReconciliationOutcome outcome, TimeSpan delay, string? reason) =>
        (Outcome, Delay, Reason) = (outcome, delay, reason);

    /// <summary>All is as it should be; nothing until something changes.</summary>
    public static ReconciliationResult Done { get; } = new(ReconciliationOutcome.Done, TimeSpan.Zero, null);

    /// <summary>How it ended.</summary>
    public ReconciliationOutcome Outcome { get; }

    /// <summary>For <see cref="ReconciliationOutcome.RequeueAfter"/>: when to look again.</summary>
    public TimeSpan Delay { get; }

    /// <summary>For <see cref="ReconciliationOutcome.Retry"/> and <see cref="ReconciliationOutcome.Terminal"/>: what is in the way, for people.</summary>
    public string? Reason { get; }

    /// <summary>All is as it should be; look again after a while.</summary>
    public static ReconciliationResult RequeueAfter(TimeSpan delay) => new(ReconciliationOutcome.RequeueAfter, delay, null);

    /// <summary>Not yet; try again after a backoff that grows with every failure in a row.</summary>
    public static ReconciliationResult Retry(string reason) => new(ReconciliationOutcome.Retry, TimeSpan.Zero, reason);

    /// <summary>Trying again cannot help until something changes.</summary>
    public static ReconciliationResult Terminal(string reason) => new(ReconciliationOutcome.Terminal, TimeSpan.Zero, reason);
}
