using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DotMac.Operator.Hosting;

/// <summary>Serves <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>.</summary>
internal static class HealthServer
{
    public static WebApplication Create(string address, OperatorRuntime runtime, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(logs);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            Listen(kestrel, address);
        });
        var app = builder.Build();
        app.MapGet("/healthz", () => Answer(runtime.Unhealthy()));
        app.MapGet("/readyz", () => Answer(runtime.NotReady()));
        app.MapGet("/metrics", () => Results.Text(runtime.Metrics.Write(), "text/plain; version=0.0.4; charset=utf-8"));
        return app;
    }

    private static IResult Answer(string? trouble) => trouble is null ? Results.Text("ok\n") : Results.Text(trouble + "\n", statusCode: 503);

    private static void Listen(KestrelServerOptions kestrel, string address)
    {
        var colon = address.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(address.AsSpan(colon + 1), out var port))
        {
            throw new InvalidOperationException($"--metrics-bind-address: '{address}' is no address; write :8081 or 127.0.0.1:8081");
        }

        var host = address[..colon].Trim('[', ']');
        if (host.Length == 0)
        {
            kestrel.ListenAnyIP(port);
        }
        else
        {
            kestrel.Listen(
                IPAddress.TryParse(host, out var ip) ? ip : throw new InvalidOperationException($"--metrics-bind-address: '{host}' is no IP address"),
                port);
        }
    }
}
