namespace DotMac.Admin.Ui.Live;

/// <summary>What happened between samples of counters. Pure.</summary>
internal static class UsageRates
{
    /// <summary>How much a counter grew a minute up to each sample but the first. A counter that fell was begun anew.</summary>
    public static IReadOnlyList<double?> PerMinute(IReadOnlyList<UsageSample> samples, Func<UsageSample, long> counter)
    {
        var rates = new List<double?>();
        for (var i = 1; i < samples.Count; i++)
        {
            var (before, after) = (counter(samples[i - 1]), counter(samples[i]));
            var minutes = (samples[i].At - samples[i - 1].At).TotalMinutes;
            rates.Add(minutes <= 0 ? null : Math.Max(0, after >= before ? after - before : after) / minutes);
        }

        return rates;
    }
}
