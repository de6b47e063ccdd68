using System.IO.Compression;
using System.Net;
using DotMac.Operator.Diagnostics;
using Microsoft.AspNetCore.ResponseCompression;
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

        // Ten thousand plugins are some megabytes a scrape, which shrink to a fifteenth. The fastest level, for most of that comes cheap.
        builder.Services.AddResponseCompression(static compression => compression.Providers.Add<GzipCompressionProvider>());
        builder.Services.Configure<GzipCompressionProviderOptions>(static gzip => gzip.Level = CompressionLevel.Fastest);
        var app = builder.Build();
        app.UseWhen(static http => http.Request.Path == "/metrics", static metrics => metrics.UseResponseCompression());
        app.MapGet("/healthz", () => Answer(runtime.Unhealthy()));
        app.MapGet("/readyz", () => Answer(runtime.NotReady()));
        app.MapGet("/metrics", (HttpContext http) => WriteAsync(http, runtime.Metrics));
        return app;
    }

    private static async Task WriteAsync(HttpContext http, MetricsPage page)
    {
        http.Response.ContentType = MetricsPage.MediaType;
        try
        {
            await page.WriteAsync(http.Response.BodyWriter, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The scraper lost its patience; it will be back.
        }
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
