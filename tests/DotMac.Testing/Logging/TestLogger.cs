using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace DotMac.Testing.Logging;

/// <summary>Keeps what was logged, and shows it in the test's output when it is given one.</summary>
public class TestLogger(ITestOutputHelper? output = null) : ILogger
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();

    /// <summary>What was logged so far, oldest first.</summary>
    public IReadOnlyList<LogEntry> Entries => [.. _entries];

    /// <summary>The lines, for failure messages.</summary>
    public string Text => string.Join('\n', _entries.Select(static e => $"{e.Level}: {e.Message}"));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        var message = formatter(state, exception);
        _entries.Enqueue(new LogEntry(logLevel, message, exception));
        try
        {
            output?.WriteLine(exception is null ? $"{logLevel}: {message}" : $"{logLevel}: {message}\n{exception}");
        }
        catch (InvalidOperationException)
        {
            // Said after the test had ended: nobody listens any more.
        }
    }
}
