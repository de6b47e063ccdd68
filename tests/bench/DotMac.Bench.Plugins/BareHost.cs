using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace DotMac.Bench.Plugins;

/// <summary>A minimal API and nothing else: what the SDK is measured against.</summary>
internal static class BareHost
{
    public static async Task<int> RunAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.MapGet("/readyz", () => "ok");
        app.MapPost("/v1/operations/echo", (EchoRequest request) => new EchoAnswer(request.Text, request.Count));
        await app.RunAsync();
        return 0;
    }
}
