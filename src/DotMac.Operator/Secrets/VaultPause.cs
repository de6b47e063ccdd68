using DotMac.Operator.Reconciliation;

namespace DotMac.Operator.Secrets;

/// <summary>
/// While Vault is down, one plugin asks for all: ten thousand that each knock at its door would not bring it back any sooner. The pause grows
/// from 5 s to 60 s.
/// </summary>
internal sealed class VaultPause(TimeProvider clock)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private Verdict? _verdict;
    private DateTimeOffset _until;
    private int _failures;
    private bool _asking;

    /// <summary>What to say without asking; null when it is time to ask. The one who is told null first asks for all.</summary>
    public (Verdict Verdict, TimeSpan LookAgain)? Now()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (_verdict is null)
            {
                return null;
            }

            if (now < _until)
            {
                return (_verdict, _until - now);
            }

            // Until this one has its answer the others go on waiting.
            (_until, _asking) = (now + Shortest, true);
            return null;
        }
    }

    /// <summary>Vault answered.</summary>
    public void Over()
    {
        lock (_gate)
        {
            (_verdict, _failures, _asking) = (null, 0, false);
        }
    }

    /// <summary>Vault is down.</summary>
    /// <returns>When to look again.</returns>
    public TimeSpan Begin(Verdict verdict)
    {
        lock (_gate)
        {
            // Those who asked at the same time count as one.
            var now = clock.GetUtcNow();
            if (_verdict is null || _asking)
            {
                _failures = Math.Min(_failures + 1, 10);
            }

            var pause = Shortest * (1 << (_failures - 1));
            pause = pause < Longest ? pause : Longest;
            (_verdict, _until, _asking) = (verdict, now + pause, false);
            return pause;
        }
    }
}
