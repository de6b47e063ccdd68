using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace DotMac.StandIns.Vendors.Server;

/// <summary>Serves vendors' stand-ins, remembers what came, and fails when told to.</summary>
public sealed class VendorServer : IAsyncDisposable
{
    private const int Kept = 1000;
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly ConcurrentQueue<Fault> _faults = new();
    private volatile Fault? _outage;

    /// <summary>Builds it with several vendors, each below its name; nothing listens yet.</summary>
    /// <param name="vendors">The vendors.</param>
    /// <param name="args">The command line: <c>--urls</c> says where to listen; else <c>ASPNETCORE_URLS</c>, else port 8080.</param>
    public VendorServer(IReadOnlyList<IVendorStandIn> vendors, params string[] args)
        : this(
            routes =>
            {
                foreach (IVendorStandIn vendor in vendors)
                {
                    vendor.Map(routes.MapGroup($"/{vendor.Name}"));
                }
            },
            args)
    {
    }

    private VendorServer(Action<IEndpointRouteBuilder> map, string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls("http://0.0.0.0:8080");
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        _app = builder.Build();
        _app.Use(TakeAsync);
        _app.UseRouting();

        // For tests that cannot reach into the process: PUT a status to fail with it, DELETE to be well again.
        _app.MapPut("/_standin/outage/{status:int}", (int status) => { Outage = Fault.Status(status); });
        _app.MapDelete("/_standin/outage", () => { Outage = null; });
        map(_app);
    }

    /// <summary>Where it listens, once started.</summary>
    public Uri BaseUrl => new(_app.Urls.First());

    /// <summary>What came, the oldest first.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    /// <summary>What every request gets from now on; null: the vendor is well.</summary>
    public Fault? Outage
    {
        get => _outage;
        set => _outage = value;
    }

    /// <summary>Starts one vendor on a loopback port of its own, without a prefix.</summary>
    /// <param name="vendor">The vendor.</param>
    /// <returns>The server, listening.</returns>
    public static async Task<VendorServer> StartAsync(IVendorStandIn vendor)
    {
        ArgumentNullException.ThrowIfNull(vendor);
        var server = new VendorServer(vendor.Map, ["--urls", "http://127.0.0.1:0"]);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Runs until the process is told to stop.</summary>
    /// <returns>A task that ends then.</returns>
    public Task RunAsync() => _app.RunAsync();

    /// <summary>Prepares faults for the next requests, one each.</summary>
    /// <param name="faults">The faults.</param>
    public void FailNext(params Fault[] faults)
    {
        foreach (Fault fault in faults)
        {
            _faults.Enqueue(fault);
        }
    }

    /// <summary>Forgets what came.</summary>
    public void Forget() => _requests.Clear();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/_standin", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }

        http.Request.EnableBuffering();
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        http.Request.Body.Position = 0;
        _requests.Enqueue(new ReceivedRequest(
            http.Request.Method,
            http.Request.Path,
            http.Request.QueryString.Value ?? "",
            http.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray()));
        while (_requests.Count > Kept)
        {
            _requests.TryDequeue(out _);
        }

        if ((_faults.TryDequeue(out Fault? fault) ? fault : _outage) is { } wrong)
        {
            await wrong.AnswerAsync(http);
            return;
        }

        await next(http);
    }
}
