using System.Globalization;
using DotMac.Vault.Sessions;
using Microsoft.Extensions.Logging;

namespace DotMac.StandIns.VaultAgent;

/// <summary>Writes lines like the real agent's.</summary>
internal sealed class ConsoleLogger(TextWriter output, LogLevel least) : ILogger<VaultSession>
{
    private readonly Lock _gate = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        lock (_gate)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} [{Name(logLevel)}] agent: {formatter(state, exception)}"));
        }
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        _ => level.ToString().ToUpperInvariant(),
    };
}
