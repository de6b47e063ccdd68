using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Informers;
using Microsoft.Extensions.Logging;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Fixture;

/// <summary>The end of a log, for failure messages: a soak logs for half an hour.</summary>
internal sealed class TailLogger : ILogger<SharedInformerFactory>, ILogger<ControllerManager>
{
    private const int Most = 300;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();

    /// <summary>The worst that was said.</summary>
    public LogLevel Worst { get; private set; } = LogLevel.Trace;

    public string Text
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
        {
            Worst = logLevel > Worst ? logLevel : Worst;
            _lines.Enqueue($"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {logLevel}: {formatter(state, exception)} {exception}");
            while (_lines.Count > Most)
            {
                _lines.Dequeue();
            }
        }
    }
}
