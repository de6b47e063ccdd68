using System.Collections.Immutable;
using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>
/// Turns one opinion after the other into the health that is shown. Trouble shows at once; well-being once it was found twice in a row; and
/// once it stayed for a while where it came and went. Pure.
/// </summary>
/// <param name="Shown">What is shown.</param>
internal sealed record HealthCourse(HealthOpinion Shown)
{
    /// <summary>So often in a row a plugin must be found better before it is shown so.</summary>
    public const int Recoveries = 2;

    /// <summary>So often within <see cref="FlapWindow"/> a plugin may get worse before it is said to come and go.</summary>
    public const int FlapsThatCount = 3;

    /// <summary>How long getting worse is remembered.</summary>
    public static readonly TimeSpan FlapWindow = TimeSpan.FromMinutes(10);

    /// <summary>How long a plugin that comes and goes must be found better before it is shown so.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMinutes(2);

    private const string ComesAndGoes = " (it comes and goes: shown as better once it has been so for 2 minutes)";

    /// <summary>How often in a row it was found better than what is shown.</summary>
    public int Better { get; private init; }

    private DateTimeOffset? BetterSince { get; init; }

    private ImmutableArray<DateTimeOffset> Worsened { get; init; } = [];

    /// <summary>Whether the next opinion decides something, and is wanted soon.</summary>
    public bool IsRecovering => Better > 0 && Worsened.Length < FlapsThatCount;

    /// <summary>The course after another opinion.</summary>
    /// <param name="before">The course so far; null at the beginning.</param>
    /// <param name="opinion">What was found.</param>
    /// <param name="undecided">Whether a pod could not be judged this time: then nothing is found better.</param>
    /// <param name="now">The time.</param>
    public static HealthCourse Next(HealthCourse? before, HealthOpinion opinion, bool undecided, DateTimeOffset now)
    {
        if (before is null)
        {
            return new HealthCourse(opinion);
        }

        var course = before.Forget(now);
        var difference = HealthSeverity.Of(opinion.State).CompareTo(HealthSeverity.Of(course.Shown.State));
        return difference switch
        {
            > 0 => course.Worsen(opinion, now),
            0 => course.Stay(opinion),
            _ when undecided => course,
            _ => course.Improve(opinion, now),
        };
    }

    /// <summary>The course after an opinion that somebody asked for: it is shown as it was found.</summary>
    public static HealthCourse Asked(HealthCourse? before, HealthOpinion opinion, DateTimeOffset now) =>
        new(opinion) { Worsened = before?.Forget(now).Worsened ?? [] };

    // What is known of the past fades, so that a plugin that came and went last week is judged like any other.
    private HealthCourse Forget(DateTimeOffset now) =>
        Worsened is [var first, ..] && now - first > FlapWindow ? this with { Worsened = Worsened.RemoveAll(time => now - time > FlapWindow) } : this;

    private HealthCourse Worsen(HealthOpinion opinion, DateTimeOffset now)
    {
        var worsened = Shown.State == HealthState.Healthy ? Worsened.Add(now) : Worsened;
        if (worsened.Length > FlapsThatCount)
        {
            worsened = worsened.RemoveAt(0);
        }

        return new HealthCourse(worsened.Length >= FlapsThatCount ? opinion with { Message = opinion.Message + ComesAndGoes } : opinion) { Worsened = worsened };
    }

    private HealthCourse Stay(HealthOpinion opinion)
    {
        var said = Worsened.Length >= FlapsThatCount && opinion.State != HealthState.Healthy ? opinion with { Message = opinion.Message + ComesAndGoes } : opinion;
        return Better == 0 && said.SaysTheSameAs(Shown) ? this : new HealthCourse(said.SaysTheSameAs(Shown) ? Shown : said) { Worsened = Worsened };
    }

    private HealthCourse Improve(HealthOpinion opinion, DateTimeOffset now)
    {
        var since = BetterSince ?? now;
        var settled = Shown.State == HealthState.Unknown
            || (Worsened.Length >= FlapsThatCount ? now - since >= Calm : Better + 1 >= Recoveries);
        return settled ? new HealthCourse(opinion) { Worsened = Worsened } : this with { Better = Better + 1, BetterSince = since };
    }
}
