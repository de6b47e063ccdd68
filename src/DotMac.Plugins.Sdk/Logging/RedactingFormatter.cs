using Serilog.Events;
using Serilog.Formatting;

namespace DotMac.Plugins.Sdk.Logging;

/// <summary>Writes a log line without the secrets.</summary>
internal sealed class RedactingFormatter(ITextFormatter inner, SecretRedactor redactor) : ITextFormatter
{
    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter();
        inner.Format(logEvent, line);
        output.Write(redactor.Redact(line.ToString()));
    }
}
