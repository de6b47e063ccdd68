using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DotMac.Kubernetes.Models;

namespace DotMac.Testing.Pods;

/// <summary>A pod with an address of its own that answers, byte for byte, as the test says. Every address in 127/8 is this machine.</summary>
public sealed class HostilePod : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener;
    private readonly Func<NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _serving;
    private int _requests;

    public HostilePod(Func<NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener = Listen();
        _serving = ServeAsync();
    }

    public HostilePod(string answer)
        : this((stream, cancellationToken) => stream.WriteAsync(Encoding.UTF8.GetBytes(answer), cancellationToken).AsTask())
    {
    }

    /// <summary>Its address; the port is the contract's.</summary>
    public string Address => ((IPEndPoint)_listener.LocalEndpoint).Address.ToString();

    public int Requests => Volatile.Read(ref _requests);

    public V1Pod Pod => new()
    {
        Metadata = new V1ObjectMeta { Name = "hostile" },
        Status = new V1PodStatus { PodIP = Address },
    };

    public static string Answer(string body, string head = "200 OK") =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {head}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private static TcpListener Listen()
    {
        for (var attempt = 1; ; attempt++)
        {
#pragma warning disable CA5394 // An address that nobody else uses, not a secret.
            var listener = new TcpListener(new IPAddress([127, (byte)Random.Shared.Next(10, 250), (byte)Random.Shared.Next(1, 250), (byte)Random.Shared.Next(1, 250)]), 8080);
#pragma warning restore CA5394
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException) when (attempt < 10)
            {
                listener.Dispose();
            }
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = Task.Run(() => AnswerAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                var buffer = new byte[4096];
                while (await stream.ReadAsync(buffer, _stop.Token) > 0)
                {
                    Interlocked.Increment(ref _requests);
                    await _answer(stream, _stop.Token);
                    client.Client.Shutdown(SocketShutdown.Send);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The one who asked has hung up, or the test is over.
        }
    }
}
