namespace DotMac.Admin.Problems;

/// <summary>A request that cannot be done, with the answer to it.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail ?? problem.Title)
{
    /// <summary>The answer.</summary>
    public Problem Problem => problem;

    /// <summary>How long the caller is asked to wait; null when it does not matter.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
