namespace DotMac.Operator.Health;

/// <summary>What a pod answered, and how long it has been silent.</summary>
/// <param name="Result">What came of asking it.</param>
/// <param name="Failures">How often in a row it gave no answer, this time included; 0 when it gave one.</param>
internal sealed record PodAnswer(ProbeResult Result, int Failures)
{
    /// <summary>So many times in a row a pod must be silent before that counts: one lost packet is no news.</summary>
    public const int FailuresThatCount = 3;

    /// <summary>Whether the pod is taken for silent.</summary>
    public bool IsSilent => Result.Report is null && Failures >= FailuresThatCount;

    /// <summary>Whether nothing can be said of the pod this time.</summary>
    public bool IsUndecided => Result.Report is null && Failures < FailuresThatCount;
}
