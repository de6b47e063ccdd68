using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using DotMac.Plugins.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DotMac.Bench.Load;

/// <summary>Answers for every plugin of a load: each has a loopback address of its own, by which it is known.</summary>
internal sealed class PluginStandIn : IAsyncDisposable
{
    private static readonly string Started = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture);

    private readonly WebApplication _app;
    private readonly long[] _calls;
    private readonly bool[] _degraded;
    private readonly long[] _toldAt;
    private long _asked;

    private PluginStandIn(WebApplication app, int count)
    {
        _app = app;
        _calls = new long[count];
        _degraded = new bool[count];
        _toldAt = new long[count];
        app.Run(AnswerAsync);
    }

    /// <summary>Whether every plugin has more calls to tell of each time that it is asked.</summary>
    public bool IsMoving { get; set; }

    /// <summary>How often any was asked.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    public static string Address(int index) => $"127.{1 + (index >> 16)}.{(index >> 8) & 255}.{index & 255}";

    public static async Task<PluginStandIn> StartAsync(int count)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Any, ContractPorts.Http));
        var standIn = new PluginStandIn(builder.Build(), count);
        await standIn._app.StartAsync();
        return standIn;
    }

    /// <summary>Lets a plugin say from now on that it is degraded.</summary>
    public void Degrade(int index) => Volatile.Write(ref _degraded[index], true);

    /// <summary>When a plugin first said so, as of <see cref="Stopwatch.GetTimestamp"/>; 0 as long as it has not.</summary>
    public long ToldAt(int index) => Interlocked.Read(ref _toldAt[index]);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _asked);
        var address = IPAddress.Parse(context.Request.Host.Host).GetAddressBytes();
        var index = ((address[1] - 1) << 16) | (address[2] << 8) | address[3];
        var calls = IsMoving ? _calls[index] += 3 : _calls[index];
        var degraded = Volatile.Read(ref _degraded[index]);
        var body = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$$$"""{"plugin":"bench","version":"1.0.0","state":"{{{{(degraded ? "Degraded" : "Active")}}}}","startedAt":"{{{{Started}}}}","checks":[{"name":"credentials","state":"{{{{(degraded ? "Degraded" : "Healthy")}}}}","message":"{{{{(degraded ? "the vendor is slow" : "")}}}}"}],"metrics":{"apiCalls":{{{{calls}}}},"apiErrors":{{{{calls / 100}}}},"latency":{"boundsMilliseconds":[5,10,25,50,100,250,500,1000,2500,5000],"counts":[0,{{{{calls}}}},0,0,0,0,0,0,0,0,0],"sumMilliseconds":{{{{calls * 7}}}}}}}"""));
        if (degraded)
        {
            Interlocked.CompareExchange(ref _toldAt[index], Stopwatch.GetTimestamp(), 0);
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, 0, body.Length);
    }
}
