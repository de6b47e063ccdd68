using System.Net;
using System.Net.Sockets;

namespace DotMac.Testing.Cluster;

/// <summary>Ports of this machine that nobody listens on.</summary>
public static class LoopbackPorts
{
    /// <summary>As many different ones as asked for.</summary>
    public static int[] Free(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(static _ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            foreach (var listener in listeners)
            {
                listener.Start();
            }

            return [.. listeners.Select(static l => ((IPEndPoint)l.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (var listener in listeners)
            {
                listener.Dispose();
            }
        }
    }
}
