namespace DotMac.Operator.Status;

/// <summary>Times as the API keeps them.</summary>
internal static class Timestamps
{
    /// <summary>Without fractions of a second: what is kept must equal what is calculated.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
