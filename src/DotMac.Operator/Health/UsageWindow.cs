using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>What happened in the last five minutes, to within one slot of 30 s. Takes memory only once there was a call.</summary>
internal sealed class UsageWindow
{
    /// <summary>How much is remembered.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan SlotSpan = TimeSpan.FromSeconds(30);

    // One more than fit: the first is cut by the beginning of the span, the last by the present.
    private const int Slots = 11;

    private long[]? _calls;
    private long[]? _errors;
    private LatencySlots? _latency;
    private long _newest;

    /// <summary>Adds what happened since the last time.</summary>
    public void Add(DateTimeOffset now, long calls, long errors, LatencyHistogram? latency)
    {
        if (calls == 0 && errors == 0)
        {
            return;
        }

        if (_calls is null)
        {
            (_calls, _errors, _latency) = (new long[Slots], new long[Slots], new LatencySlots(Slots));
            _newest = SlotOf(now);
        }

        Turn(now);
        var slot = (int)(_newest % Slots);
        _calls[slot] = Saturating.Add(_calls[slot], calls);
        _errors![slot] = Saturating.Add(_errors[slot], errors);
        if (latency is not null)
        {
            _latency!.Add(slot, latency);
        }
    }

    /// <summary>What happened in all of it.</summary>
    public RecentUsage All(DateTimeOffset now)
    {
        if (_calls is null)
        {
            return default;
        }

        Turn(now);
        return new RecentUsage(_calls.Aggregate(Saturating.Add), _errors!.Aggregate(Saturating.Add), _latency!.Sum());
    }

    /// <summary>Calls and errors of the last half to whole minute.</summary>
    public (long Calls, long Errors) Latest(DateTimeOffset now)
    {
        if (_calls is null)
        {
            return default;
        }

        Turn(now);
        var (last, before) = ((int)(_newest % Slots), (int)((_newest + Slots - 1) % Slots));
        return (Saturating.Add(_calls[last], _calls[before]), Saturating.Add(_errors![last], _errors[before]));
    }

    private static long SlotOf(DateTimeOffset time) => time.UtcTicks / SlotSpan.Ticks;

    private void Turn(DateTimeOffset now)
    {
        // A clock that was set back stays in its slot until it has caught up.
        var slot = SlotOf(now);
        for (var passed = Math.Min(slot - _newest, Slots); passed > 0; passed--)
        {
            var empty = (int)((slot - passed + 1) % Slots);
            _calls![empty] = _errors![empty] = 0;
            _latency!.Clear(empty);
        }

        _newest = Math.Max(slot, _newest);
    }
}
