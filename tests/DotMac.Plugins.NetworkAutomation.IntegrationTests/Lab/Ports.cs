using System.Net;
using System.Net.Sockets;

namespace DotMac.Plugins.NetworkAutomation.IntegrationTests.Lab;

internal static class Ports
{
    /// <summary>A TCP port that nobody listens at now.</summary>
    public static int FreeTcp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A UDP port that nobody listens at now.</summary>
    public static int FreeUdp()
    {
        using var client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)client.Client.LocalEndPoint!).Port;
    }
}
