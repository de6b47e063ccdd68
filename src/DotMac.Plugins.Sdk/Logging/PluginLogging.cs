using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace DotMac.Plugins.Sdk.Logging;

/// <summary>Makes the logger: JSON lines for machines, text for a terminal.</summary>
internal static class PluginLogging
{
    /// <summary>Makes the logger.</summary>
    public static Logger Create(TextWriter? output, SecretRedactor redactor)
    {
        bool terminal = output is null && !Console.IsOutputRedirected;
        ITextFormatter plain = terminal
            ? new MessageTemplateTextFormatter("{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}")
            : new RenderedCompactJsonFormatter();
        var formatter = new RedactingFormatter(plain, redactor);
        LoggerConfiguration configuration = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning);
        return (output is null ? configuration.WriteTo.Console(formatter) : configuration.WriteTo.Sink(new TextWriterSink(output, formatter)))
            .CreateLogger();
    }
}
