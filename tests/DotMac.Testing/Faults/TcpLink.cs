using System.Net;
using System.Net.Sockets;

namespace DotMac.Testing.Faults;

/// <summary>One connection of a <see cref="TcpFront"/>: two sockets and the bytes between them.</summary>
internal sealed class TcpLink(TcpFront front, Socket client) : IDisposable
{
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Lock _gate = new();
    private TaskCompletionSource? _frozen;
    private bool _ended;

    public bool Frozen
    {
        get => _frozen is not null;
        set
        {
            lock (_gate)
            {
                if (value && !_ended)
                {
                    _frozen ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
                else
                {
                    _frozen?.TrySetResult();
                    _frozen = null;
                }
            }
        }
    }

    public async Task RunAsync(IPEndPoint target, CancellationToken cancellationToken)
    {
        try
        {
            client.NoDelay = true;
            await _server.ConnectAsync(target, cancellationToken);
            await Task.WhenAll(PassAsync(client, _server, cancellationToken), PassAsync(_server, client, cancellationToken));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The server is not there, or the test is over.
        }

        Dispose();
    }

    public void Reset()
    {
        End(static socket => socket.LingerState = new LingerOption(true, 0));
    }

    public void Close()
    {
        End(static socket => socket.Shutdown(SocketShutdown.Both));
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private void End(Action<Socket> prepare)
    {
        lock (_gate)
        {
            _ended = true;
        }

        Frozen = false;
        foreach (var socket in (Socket[])[client, _server])
        {
            try
            {
                prepare(socket);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It was not connected, or is gone already.
            }

            socket.Dispose();
        }
    }

    // An end in good order leaves the other direction open; a reset ends both, or the side that was not reset would wait for ever.
    private async Task PassAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        try
        {
            await PumpAsync(from, to, cancellationToken);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Reset();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var rate = front.BytesPerSecond;
            var most = rate > 0 ? Math.Clamp(rate / 10, 1, buffer.Length) : buffer.Length;
            var count = await from.ReceiveAsync(buffer.AsMemory(0, most), cancellationToken);
            Task? frozen;
            lock (_gate)
            {
                frozen = _frozen?.Task;
            }

            if (frozen is not null)
            {
                await frozen.WaitAsync(cancellationToken);
            }

            if (count == 0)
            {
                // The other direction may still have something to say.
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            await to.SendAsync(buffer.AsMemory(0, count), cancellationToken);
            if (rate > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds((double)count / rate), cancellationToken);
            }
        }
    }
}
