namespace DotMac.Plugins.NetworkAutomation.Devices;

/// <summary>How much time there is. Work ends a little before the caller gives up, so that what was done is still told.</summary>
/// <param name="Call">The time until the work of the call must end.</param>
/// <param name="Device">The most time for one device.</param>
internal readonly record struct CallLimits(TimeSpan Call, TimeSpan Device)
{
    /// <summary>The limits of a call.</summary>
    /// <param name="now">Now.</param>
    /// <param name="deadline">When the caller gives up.</param>
    /// <param name="timeoutSeconds">The most time for one device, as the caller asks; null: as much as the call has.</param>
    public static CallLimits Of(DateTimeOffset now, DateTimeOffset deadline, int? timeoutSeconds)
    {
        TimeSpan remaining = deadline > now ? deadline - now : TimeSpan.Zero;
        TimeSpan reserve = TimeSpan.FromSeconds(Math.Min(1, remaining.TotalSeconds / 10));
        TimeSpan call = remaining - reserve;
        TimeSpan device = timeoutSeconds is int seconds ? TimeSpan.FromSeconds(seconds) : call;
        return new CallLimits(call, device < call ? device : call);
    }
}
