namespace DotMac.Kubernetes.Models;

/// <summary>Whether they may.</summary>
public sealed class V1SubjectAccessReviewStatus
{
    /// <summary>They may.</summary>
    public bool Allowed { get; set; }

    /// <summary>They may not, whatever somebody else says.</summary>
    public bool Denied { get; set; }

    /// <summary>Why.</summary>
    public string? Reason { get; set; }

    /// <summary>What went wrong on the way; it may have been decided all the same.</summary>
    public string? EvaluationError { get; set; }
}
