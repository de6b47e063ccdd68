namespace DotMac.Kubernetes.Controllers;

/// <summary>How a reconcile ended.</summary>
public enum ReconciliationOutcome
{
    /// <summary>All is as it should be; nothing until something changes.</summary>
    Done,

    /// <summary>All is as it should be; look again after a while.</summary>
    RequeueAfter,

    /// <summary>Not yet; try again after a backoff that grows.</summary>
    Retry,

    /// <summary>Trying again cannot help until something changes.</summary>
    Terminal,
}
