using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace DotMac.Plugins.Sdk.Logging;

/// <summary>Writes log lines to a writer that was handed in.</summary>
internal sealed class TextWriterSink(TextWriter output, ITextFormatter formatter) : ILogEventSink
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        lock (_lock)
        {
            formatter.Format(logEvent, output);
        }
    }
}
