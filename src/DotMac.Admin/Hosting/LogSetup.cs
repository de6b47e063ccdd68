using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace DotMac.Admin.Hosting;

/// <summary>To standard error: JSON lines where a machine reads them, plain text where a person does. <c>DOTMAC_LOG_LEVEL</c> says how much.</summary>
internal static class LogSetup
{
    public static ILoggerFactory Create()
    {
        var level = Enum.TryParse<LogEventLevel>(Environment.GetEnvironmentVariable("DOTMAC_LOG_LEVEL"), ignoreCase: true, out var wanted)
            ? wanted
            : LogEventLevel.Information;
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)

            // Both warn of what is meant: keys that live in memory or in a mounted file, and pages that nobody may keep.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection.KeyManagement", LogEventLevel.Error)
            .MinimumLevel.Override("Microsoft.AspNetCore.Antiforgery", LogEventLevel.Error);
        configuration = Console.IsErrorRedirected
            ? configuration.WriteTo.Console(new RenderedCompactJsonFormatter(), standardErrorFromLevel: LogEventLevel.Verbose)
            : configuration.WriteTo.Console(
                outputTemplate: "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}",
                formatProvider: CultureInfo.InvariantCulture,
                standardErrorFromLevel: LogEventLevel.Verbose);
        var logger = configuration.CreateLogger();
        return LoggerFactory.Create(builder => builder.ClearProviders().AddSerilog(logger, dispose: true));
    }
}
