using System.Globalization;
using System.Text.RegularExpressions;

namespace DotMac.StandIns.Vault.Core;

/// <summary>Times as Vault writes them.</summary>
internal static partial class Duration
{
    /// <summary>Reads seconds, or numbers with units.</summary>
    /// <exception cref="FormatException">Not a time.</exception>
    public static TimeSpan Parse(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        if (!Whole().IsMatch(text))
        {
            throw new FormatException($"time: invalid duration \"{text}\"");
        }

        return Part().Matches(text).Aggregate(TimeSpan.Zero, static (sum, part) =>
            sum + (double.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture) * part.Groups[2].Value switch
            {
                "d" => TimeSpan.FromDays(1),
                "h" => TimeSpan.FromHours(1),
                "m" => TimeSpan.FromMinutes(1),
                "ms" => TimeSpan.FromMilliseconds(1),
                _ => TimeSpan.FromSeconds(1),
            }));
    }

    /// <summary>As Go prints it, near enough.</summary>
    public static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}h{time.Minutes}m{time.Seconds}s");

    /// <summary>A time of day as Vault prints it.</summary>
    public static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d+(\.\d+)?(ms|s|m|h|d))+\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(ms|s|m|h|d)")]
    private static partial Regex Part();
}
