namespace DotMac.Operator.Health;

/// <summary>Judges a plugin by how many of its calls fail. Pure.</summary>
internal static class ErrorRate
{
    /// <summary>Of fewer calls nothing can be said.</summary>
    public const int FewestCalls = 20;

    /// <summary>What is said of a plugin whose calls fail.</summary>
    public const string Message = "half of its calls or more have failed lately; see status.metrics and the plugin's log";

    /// <summary>Whether too many calls fail: from one half on, and until fewer than a quarter do.</summary>
    /// <param name="calls">Calls of the last minute.</param>
    /// <param name="errors">Failed ones.</param>
    /// <param name="was">Whether it was so the last time.</param>
    public static bool IsHigh(long calls, long errors, bool was) => calls >= FewestCalls && errors >= calls * (was ? 0.25 : 0.5);
}
