using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>What is kept of one plugin between one asking of its pods and the next. Used by one thread at a time.</summary>
/// <param name="uid">The TenantPlugin's uid: another one of the same name begins anew.</param>
/// <param name="usage">What it has done.</param>
internal sealed class PluginPulse(string? uid, UsageCounter usage)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    // Longer than a plugin gives what it found last time.
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(11);
    private static readonly TimeSpan SilentInterval = TimeSpan.FromSeconds(60);

    // A pod that has been silent for so long is asked less often: whoever hangs thousands of them must not take the time of the others.
    private const int LongSilence = 20;

    // Nor may one that never makes up its mind: after a minute it is asked like any other.
    private const int MostHurried = 30;

    private readonly Dictionary<string, int> _failures = new(1, StringComparer.Ordinal);
    private HealthCourse? _course;
    private bool _highErrorRate;
    private bool _undecided;
    private int _hurried;
    private volatile HealthSnapshot? _snapshot;
    private string? _handled;
    private DateTimeOffset? _sparedUntil;

    /// <summary>Whose pulse it is.</summary>
    public string? Uid => uid;

    /// <summary>What is known now; null when nothing is.</summary>
    public HealthSnapshot? Snapshot => _snapshot;

    /// <summary>Takes a round of answers.</summary>
    /// <param name="results">The answers.</param>
    /// <param name="now">The time.</param>
    /// <param name="asked">The wish for a check that they answer; null for none.</param>
    /// <returns>What is known now; null while nothing is.</returns>
    public HealthSnapshot? Take(IReadOnlyList<ProbeResult> results, DateTimeOffset now, string? asked = null)
    {
        var answers = results.Select(Count).ToList();
        foreach (var result in results)
        {
            if (result.Report is { } report)
            {
                usage.Add(result.Pod, report, now);
            }
        }

        _undecided = answers.Exists(static a => a.IsUndecided);
        if (HealthMerge.Of(answers) is { } opinion)
        {
            var judged = Judge(opinion, now);
            _course = asked is null ? HealthCourse.Next(_course, judged, _undecided, now) : HealthCourse.Asked(_course, judged, now);

            // Silence is no answer: it is asked again.
            _handled = asked is not null && results.Any(static result => result.Report is not null) ? asked : _handled;
        }

        return _snapshot = _course is null ? null : SnapshotOf(_course.Shown, results, now);
    }

    /// <summary>The wish for a check that was answered last; null for none.</summary>
    public string? Handled => _handled;

    /// <summary>How long a wish for a check has to wait: nobody can have them run as often as they like.</summary>
    public TimeSpan Spared(DateTimeOffset now) => _sparedUntil is { } until && until > now ? until - now : TimeSpan.Zero;

    /// <summary>Notes that a wish for a check was put to the pods.</summary>
    /// <param name="now">When they had answered, or had not.</param>
    /// <param name="isAnswered">Whether they had: who hangs is not to take the place of others again at once.</param>
    public void Ask(DateTimeOffset now, bool isAnswered) => _sparedUntil = now + (isAnswered ? CheckInterval : SilentInterval);

    /// <summary>Forgets how it was, when no pod can be asked; what it did stays counted.</summary>
    public void Rest()
    {
        _failures.Clear();
        _course = null;
        _snapshot = null;
    }

    /// <summary>Forgets the pods that are gone.</summary>
    public void Keep(Func<string, bool> exists) => usage.Keep(exists);

    /// <summary>How long to wait before asking again.</summary>
    /// <param name="interval">The usual time.</param>
    public TimeSpan Wait(TimeSpan interval)
    {
        var isHurried = _undecided || _course is null or { IsRecovering: true } or { Shown.State: HealthState.Unknown };
        _hurried = isHurried ? Math.Min(_hurried + 1, MostHurried + 1) : 0;
        return _hurried is > 0 and <= MostHurried ? (interval < Soon ? interval : Soon)
            : _course is null ? interval
            : _course.Shown.Failed && _failures.Values.All(static f => f > LongSilence) ? interval * 4
            : interval;
    }

    private PodAnswer Count(ProbeResult result)
    {
        if (result.Report is not null)
        {
            _failures.Remove(result.Pod);
            return new PodAnswer(result, 0);
        }

        var failures = _failures[result.Pod] = _failures.GetValueOrDefault(result.Pod) + 1;
        return new PodAnswer(result, failures);
    }

    private HealthOpinion Judge(HealthOpinion opinion, DateTimeOffset now)
    {
        var (calls, errors) = usage.Latest(now);
        _highErrorRate = ErrorRate.IsHigh(calls, errors, _highErrorRate);
        return _highErrorRate && HealthSeverity.Of(opinion.State) < HealthSeverity.Of(HealthState.Degraded)
            ? opinion with { State = HealthState.Degraded, Message = ErrorRate.Message }
            : opinion;
    }

    private HealthSnapshot SnapshotOf(HealthOpinion shown, IReadOnlyList<ProbeResult> results, DateTimeOffset now)
    {
        var started = results.Select(r => r.Report?.StartedAt).Where(time => time is { } at && at <= now.AddMinutes(5)).Min();
        return new HealthSnapshot(
            shown.State, shown.Message, shown.Checks, usage.Calls, usage.Errors, usage.Recent(now), started ?? _snapshot?.StartedAt, now, shown.Failed, _handled);
    }
}
