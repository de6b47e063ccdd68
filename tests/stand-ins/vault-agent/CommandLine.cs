using Microsoft.Extensions.Logging;

namespace DotMac.StandIns.VaultAgent;

/// <summary>The command line of <c>vault agent</c>, as far as the injector and our own manifests use it.</summary>
/// <param name="ConfigFile">The configuration.</param>
/// <param name="ExitAfterAuth">Whether to end after the first round, whatever the configuration says.</param>
/// <param name="LogLevel">What to tell.</param>
internal sealed record CommandLine(string ConfigFile, bool ExitAfterAuth, LogLevel LogLevel)
{
    /// <summary>How it is used.</summary>
    public const string Usage = "usage: vault agent -config=/path/to/file [-exit-after-auth] [-log-level=info]";

    /// <summary>Reads a command line; null when it is none of ours.</summary>
    public static CommandLine? Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count < 2 || arguments[0] != "agent")
        {
            return null;
        }

        string? config = null;
        var exit = false;
        var level = LogLevel.Information;
        for (var i = 1; i < arguments.Count; i++)
        {
            var flag = arguments[i].TrimStart('-');
            var (name, value) = flag.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals ? (flag[..equals], flag[(equals + 1)..]) : (flag, null);
            switch (name)
            {
                case "config":
                    config = value ?? (++i < arguments.Count ? arguments[i] : null);
                    break;
                case "exit-after-auth":
                    exit = value is null or "true";
                    break;
                case "log-level":
                    level = (value ?? (++i < arguments.Count ? arguments[i] : null))?.ToUpperInvariant() switch
                    {
                        "TRACE" or "DEBUG" => LogLevel.Debug,
                        "WARN" => LogLevel.Warning,
                        "ERROR" or "ERR" => LogLevel.Error,
                        _ => LogLevel.Information,
                    };
                    break;
                case "log-format":
                    i += value is null ? 1 : 0;
                    break;
                default:
                    return null;
            }
        }

        return config is null ? null : new CommandLine(config, exit, level);
    }
}
