namespace DotMac.Operator.Health;

/// <summary>Sums of numbers that strangers tell: two huge ones must not turn negative.</summary>
internal static class Saturating
{
    /// <summary>The sum, at most <see cref="long.MaxValue"/>. Neither must be negative.</summary>
    public static long Add(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;
}
