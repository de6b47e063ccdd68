using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace DotMac.Testing.Faults;

/// <summary>
/// Passes bytes between clients and one local port, and does to them what networks do: stands still without closing, resets, closes,
/// refuses, trickles. It knows nothing of what the bytes mean.
/// </summary>
public sealed class TcpFront : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _target;
    private readonly ConcurrentDictionary<TcpLink, bool> _links = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile bool _refuses;
    private volatile bool _frozen;
    private int _bytesPerSecond;
    private int _accepted;

    /// <summary>Begins to listen, on a free port.</summary>
    /// <param name="target">Where connections are passed on to.</param>
    public TcpFront(IPEndPoint target)
    {
        _target = target;
        _listener.Start();
        _running = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Connections that were made, those that were reset at once included.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Connections that are open.</summary>
    public int Connections => _links.Count;

    /// <summary>How many bytes pass each second and connection; 0 for no limit.</summary>
    public int BytesPerSecond
    {
        get => Volatile.Read(ref _bytesPerSecond);
        set => Volatile.Write(ref _bytesPerSecond, value);
    }

    /// <summary>New connections are reset at once while this holds.</summary>
    public bool Refuses
    {
        get => _refuses;
        set => _refuses = value;
    }

    /// <summary>No byte passes on any connection, new ones included, and none is closed, until <see cref="Thaw"/>.</summary>
    public void Freeze()
    {
        _frozen = true;
        FreezeOpen();
    }

    /// <summary>
    /// No byte passes on the connections of now, for as long as they live, and none is closed; new ones work. So it is when a router
    /// in between has forgotten a connection.
    /// </summary>
    public void FreezeOpen()
    {
        foreach (var link in _links.Keys)
        {
            link.Frozen = true;
        }
    }

    /// <summary>Undoes <see cref="Freeze"/> and <see cref="FreezeOpen"/>; what had been sent meanwhile arrives.</summary>
    public void Thaw()
    {
        _frozen = false;
        foreach (var link in _links.Keys)
        {
            link.Frozen = false;
        }
    }

    /// <summary>Ends all connections by RST.</summary>
    public void Reset()
    {
        foreach (var link in _links.Keys)
        {
            link.Reset();
        }
    }

    /// <summary>Ends all connections by FIN, wherever in the bytes they are.</summary>
    public void Close()
    {
        foreach (var link in _links.Keys)
        {
            link.Close();
        }
    }

    /// <summary>Undoes everything that lasts.</summary>
    public void Calm()
    {
        Refuses = false;
        BytesPerSecond = 0;
        Thaw();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        Reset();
        await _running;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var pumps = new ConcurrentDictionary<Task, bool>();
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                if (!_stop.IsCancellationRequested)
                {
                    // A client that was gone again before it was accepted.
                    continue;
                }

                await Task.WhenAll(pumps.Keys);
                return;
            }

            Interlocked.Increment(ref _accepted);
            var link = new TcpLink(this, client);
            if (Refuses)
            {
                link.Reset();
                continue;
            }

            // Looked at when Freeze and Thaw can find the link already: whichever comes in between, one of the two sees the other.
            _links[link] = true;
            link.Frozen = _frozen;
            var pump = link.RunAsync(_target, _stop.Token);
            pumps[pump] = true;
            _ = pump.ContinueWith(
                done =>
                {
                    _links.TryRemove(link, out _);
                    pumps.TryRemove(done, out _);
                },
                TaskScheduler.Default);
        }
    }
}
