using System.Globalization;

namespace DotMac.Admin.Ui.Words;

/// <summary>Puts values into texts. Pure.</summary>
internal static class Say
{
    private const int Minute = 60;
    private const int Hour = 60 * Minute;
    private const int Day = 24 * Hour;

    /// <summary>A text with values in its places.</summary>
    public static string Of(string text, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, text, values);

    /// <summary>How long ago something was.</summary>
    public static string Ago(DateTimeOffset? time, DateTimeOffset now)
    {
        if (time is not { } then)
        {
            return Strings.TimeNever;
        }

        var seconds = Math.Max(0, (long)(now - then).TotalSeconds);
        return seconds switch
        {
            < 5 => Strings.TimeNow,
            < Minute => Of(Strings.TimeSeconds, seconds),
            < Hour => Of(Strings.TimeMinutes, seconds / Minute),
            < Day => Of(Strings.TimeHours, seconds / Hour),
            _ => Of(Strings.TimeDays, seconds / Day),
        };
    }

    /// <summary>How long something lasts.</summary>
    public static string Lasting(long seconds) => seconds switch
    {
        < Minute => Of(Strings.DurationSeconds, seconds),
        < Hour => Of(Strings.DurationMinutes, seconds / Minute, seconds % Minute),
        < Day => Of(Strings.DurationHours, seconds / Hour, seconds % Hour / Minute),
        _ => Of(Strings.DurationDays, seconds / Day, seconds % Day / Hour),
    };

    /// <summary>A number for people.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>Names in a row.</summary>
    public static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
