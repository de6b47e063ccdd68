namespace DotMac.Plugins.Stripe.Tests;

/// <summary>The real clock, so many minutes later.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _ticks;

    public void Shift(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));
}
