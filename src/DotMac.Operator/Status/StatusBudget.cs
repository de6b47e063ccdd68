namespace DotMac.Operator.Status;

/// <summary>
/// Bounds how many statuses are written in a second, for the API server's sake. What means something may use all of it, numbers alone leave
/// half of what was saved up: news never waits behind numbers.
/// </summary>
/// <param name="perSecond">Writes a second in the long run; twice as many may be saved up.</param>
/// <param name="clock">The time.</param>
internal sealed class StatusBudget(int perSecond, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly double _most = 2.0 * perSecond;
    private double _tokens = 2.0 * perSecond;
    private long _at = clock.GetTimestamp();

    /// <summary>Takes the right to a write of numbers alone.</summary>
    /// <returns>Whether there was one to be had.</returns>
    public bool TryTakeForNumbers()
    {
        lock (_gate)
        {
            Refill();
            if (_tokens - 1 < _most / 2)
            {
                return false;
            }

            _tokens--;
            return true;
        }
    }

    /// <summary>Waits for the right to a write that means something. Who comes first is served first.</summary>
    /// <returns>Whether there was a wait.</returns>
    public async ValueTask<bool> TakeAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            Refill();
            _tokens--;
            wait = _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
        }

        if (wait == TimeSpan.Zero)
        {
            return false;
        }

        await Task.Delay(wait, clock, cancellationToken);
        return true;
    }

    private void Refill()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(_most, _tokens + (clock.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
    }
}
