using System.Net;
using System.Net.Sockets;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.Slack.Tests;

/// <summary>A vendor below its name, as in the stand-in's image.</summary>
internal sealed class PrefixedServer(IVendorStandIn vendor) : IAsyncDisposable
{
    private VendorServer? _server;
    private Task _running = Task.CompletedTask;

    public async Task<string> StartAsync()
    {
        string address = $"http://127.0.0.1:{FreePort()}";
        _server = new VendorServer([vendor], "--urls", address);
        _running = _server.RunAsync();
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using HttpResponseMessage response = await client.GetAsync(new Uri(address));
                return address;
            }
            catch (HttpRequestException) when (!_running.IsCompleted)
            {
                // Not yet.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
