using System.Diagnostics;

namespace DotMac.Testing.Faults;

/// <summary>Counts requests, for those who look for hot loops. Remembers ten minutes, a tenth of a second at a time.</summary>
public sealed class RequestMeter
{
    private const int SlotsASecond = 10;
    private const int Slots = 600 * SlotsASecond;

    private readonly Lock _gate = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly int[] _counts = new int[Slots];
    private long _current;
    private long _total;

    /// <summary>How many there were.</summary>
    public long Total
    {
        get
        {
            lock (_gate)
            {
                return _total;
            }
        }
    }

    /// <summary>A place to measure from.</summary>
    public RequestMark Mark()
    {
        lock (_gate)
        {
            return new RequestMark(_total, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>How many there were since a mark, and in what time.</summary>
    public (long Count, TimeSpan Elapsed) Since(RequestMark mark) => (Total - mark.Total, Stopwatch.GetElapsedTime(mark.Timestamp));

    /// <summary>The most requests in any second since a mark.</summary>
    public int PeakSince(RequestMark mark)
    {
        lock (_gate)
        {
            MoveLocked();
            var first = Math.Max(SlotOf(mark.Timestamp), _current - Slots + 1);
            var sum = 0;
            var peak = 0;
            for (var slot = first; slot <= _current; slot++)
            {
                sum += _counts[slot % Slots];
                if (slot - SlotsASecond >= first)
                {
                    sum -= _counts[(slot - SlotsASecond) % Slots];
                }

                peak = Math.Max(peak, sum);
            }

            return peak;
        }
    }

    internal void Count()
    {
        lock (_gate)
        {
            MoveLocked();
            _counts[_current % Slots]++;
            _total++;
        }
    }

    private long SlotOf(long timestamp) => (long)(Stopwatch.GetElapsedTime(_started, timestamp).TotalSeconds * SlotsASecond);

    private void MoveLocked()
    {
        var now = SlotOf(Stopwatch.GetTimestamp());
        _current = Math.Max(_current, now - Slots);
        while (_current < now)
        {
            _counts[++_current % Slots] = 0;
        }
    }
}
