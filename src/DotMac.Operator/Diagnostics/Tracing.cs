using DotMac.Kubernetes.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DotMac.Operator.Diagnostics;

/// <summary>Sends a trace of every reconcile, its API calls as spans, to an OpenTelemetry collector; nothing unless asked for.</summary>
internal static class Tracing
{
    /// <summary>Starts sending.</summary>
    /// <param name="endpoint">The collector's OTLP address (gRPC), <c>http://collector:4317</c>; null for none.</param>
    /// <returns>What is disposed of to stop, after sending what is left; null when nothing was started.</returns>
    public static IDisposable? Start(Uri? endpoint) => endpoint is null
        ? null
        : Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(static resource => resource.AddService("dotmac-operator"))
            .AddSource(KubernetesActivity.SourceName)
            .AddOtlpExporter(options =>
            {
                options.Endpoint = endpoint;
                options.Protocol = OtlpExportProtocol.Grpc;
            })
            .Build();
}
