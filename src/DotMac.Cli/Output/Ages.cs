using System.Globalization;

namespace DotMac.Cli.Output;

/// <summary>Ages as kubectl writes them. Pure.</summary>
internal static class Ages
{
    /// <summary>How old something is: <c>45s</c>, <c>5m</c>, <c>3h</c>, <c>12d</c>.</summary>
    public static string Of(DateTimeOffset? since, DateTimeOffset now)
    {
        if (since is not { } begin)
        {
            return string.Empty;
        }

        var age = now > begin ? now - begin : TimeSpan.Zero;
        return age switch
        {
            { TotalSeconds: < 120 } => Text((long)age.TotalSeconds, 's'),
            { TotalMinutes: < 120 } => Text((long)age.TotalMinutes, 'm'),
            { TotalHours: < 48 } => Text((long)age.TotalHours, 'h'),
            _ => Text((long)age.TotalDays, 'd'),
        };
    }

    private static string Text(long number, char unit) => string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");
}
