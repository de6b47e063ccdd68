using System.CommandLine;
using System.Globalization;

namespace DotMac.Cli.Plugins;

/// <summary>The options that say whether a command waits until what it asked for has come about.</summary>
internal sealed class WaitOptions
{
    private readonly Option<bool> _wait = new("--wait") { Description = "Wait until it has come about, or cannot" };
    private readonly Option<TimeSpan> _timeout = TimeoutOption(TimeSpan.FromMinutes(5));

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_wait);
        command.Options.Add(_timeout);
    }

    /// <summary>For how long is waited; null for not at all.</summary>
    public TimeSpan? Of(ParseResult parsed) => parsed.GetValue(_wait) ? parsed.GetValue(_timeout) : null;

    /// <summary>The option that says for how long.</summary>
    public static Option<TimeSpan> TimeoutOption(TimeSpan standard) => new("--timeout")
    {
        Description = $"For how long at most, such as 90s or 5m. Default: {standard.TotalMinutes:0}m",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            var unit = text.Length > 0 ? text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 } : 0;
            if (unit > 0 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 24 * 3600 / unit)
            {
                return TimeSpan.FromSeconds(number * unit);
            }

            result.AddError($"--timeout: '{text}' is no time up to a day; write seconds, minutes or hours, such as 90s, 5m or 1h");
            return standard;
        },
    };
}
