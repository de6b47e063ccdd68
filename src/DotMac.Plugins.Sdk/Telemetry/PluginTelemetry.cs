using DotMac.Plugins.Contract;
using DotMac.Plugins.Sdk.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DotMac.Plugins.Sdk.Telemetry;

/// <summary>
/// Sends traces and metrics by OTLP. Only where a collector is named, by the variables of the OpenTelemetry specification: idle exporters would cost every
/// plugin memory.
/// </summary>
internal static class PluginTelemetry
{
    /// <summary>The operation's name on a span.</summary>
    public const string OperationTag = "dotmac.operation";

    /// <summary>The call's correlation id on a span.</summary>
    public const string CorrelationTag = "dotmac.correlation_id";

    // The server and the client of the framework make spans of their own under these names.
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http"];

    private static readonly string[] Settings =
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_METRIC_EXPORT_INTERVAL", "OTEL_BSP_SCHEDULE_DELAY",
    ];

    /// <summary>Adds the exporters, if there is anybody to send to.</summary>
    public static void Add(IHostApplicationBuilder builder, PluginInfo info, Func<string, string?> environment)
    {
        if (string.IsNullOrEmpty(environment(Settings[0])))
        {
            return;
        }

        // The exporters read the host's configuration, which in a test is not the environment that the plugin is given.
        foreach (string setting in Settings)
        {
            builder.Configuration[setting] = environment(setting) ?? builder.Configuration[setting];
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService($"dotmac-plugin-{info.Id}", serviceVersion: info.Version, serviceInstanceId: environment(EnvironmentNames.PodName))
                .AddAttributes([KeyValuePair.Create<string, object>("dotmac.tenant", environment(EnvironmentNames.Tenant) ?? "")]))
            .WithTracing(tracing => tracing.AddSource(Sources).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(PluginMeters.MeterName, "System.Runtime").AddOtlpExporter());
    }
}
