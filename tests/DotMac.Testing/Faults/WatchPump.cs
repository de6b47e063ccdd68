using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace DotMac.Testing.Faults;

/// <summary>One open watch: events pass line by line, and faults happen to them.</summary>
internal sealed class WatchPump(HttpContext context, string? from, ReplayMemory memory, TimeSpan slowBy)
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly Channel<(byte[]? Line, StreamFault? Fault)> _items =
        Channel.CreateBounded<(byte[]? Line, StreamFault? Fault)>(new BoundedChannelOptions(512) { SingleReader = true });

    private string? _version = from;
    private bool _noBookmarks;
    private volatile bool _slow;
    private StreamFault? _toNext;

    /// <summary>Has a fault happen, after what is under way already.</summary>
    public bool Inject(StreamFault fault) => _items.Writer.TryWrite((null, fault));

    /// <summary>Is slow no longer.</summary>
    public void Calm() => _slow = false;

    /// <summary>Passes events on until the watch ends.</summary>
    /// <param name="upstream">The server's stream.</param>
    /// <param name="planned">What is to happen; null for nothing.</param>
    public async Task RunAsync(Stream upstream, FaultAction.Stream? planned)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var reading = ReadAsync(upstream, stop.Token);
        try
        {
            await PassAsync(planned, stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client is gone, which is its right, or has been sent away.
        }

        await stop.CancelAsync();
        await reading;
    }

    private async Task PassAsync(FaultAction.Stream? planned, CancellationToken cancellationToken)
    {
        var events = 0;
        while (true)
        {
            if (planned is not null && events >= planned.After)
            {
                var now = planned.Fault;
                planned = null;
                if (await HappensAsync(now, cancellationToken))
                {
                    return;
                }
            }

            if (!await _items.Reader.WaitToReadAsync(cancellationToken))
            {
                return;
            }

            var (line, fault) = await _items.Reader.ReadAsync(cancellationToken);
            if (fault is { } injected)
            {
                if (await HappensAsync(injected, cancellationToken))
                {
                    return;
                }
            }
            else if (await LineAsync(line!, cancellationToken))
            {
                return;
            }
            else
            {
                events++;
            }
        }
    }

    // Passes an event on, in whatever state it then is; true when that was the end.
    private async Task<bool> LineAsync(byte[] line, CancellationToken cancellationToken)
    {
        var (bookmark, version) = Look(line);
        if (bookmark && _noBookmarks)
        {
            return false;
        }

        if (_slow)
        {
            await Task.Delay(slowBy, cancellationToken);
        }

        if (!bookmark && _toNext is { } cut)
        {
            _toNext = null;
            await SendAsync(line.AsMemory(0, line.Length / 2), cancellationToken);
            switch (cut)
            {
                case StreamFault.TruncateAndClose:
                    return true;
                case StreamFault.TruncateAndReset:
                    context.Abort();
                    return true;
                default:
                    // What follows is a line of its own; the event that was cut is lost to this watch.
                    await SendAsync(NewLine, cancellationToken);
                    return false;
            }
        }

        await SendAsync(line, cancellationToken);
        _version = version ?? _version;
        if (!bookmark)
        {
            memory.Remember(line, version);
        }

        return false;
    }

    // True when that was the end of the watch.
    private async Task<bool> HappensAsync(StreamFault fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case StreamFault.Close:
                return true;
            case StreamFault.Reset:
                context.Abort();
                return true;
            case StreamFault.Hang:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return true;
            case StreamFault.TruncateAndClose:
            case StreamFault.TruncateAndReset:
            case StreamFault.Garble:
                _toNext = fault;
                return false;
            case StreamFault.Gone:
                await SendAsync(Error(410, "Expired", "too old resource version: 1 (2)"), cancellationToken);
                return true;
            case StreamFault.InternalError:
                await SendAsync(Error(500, "InternalError", "unable to decode an event from the watch stream"), cancellationToken);
                return true;
            case StreamFault.UnknownType:
                await SendAsync(
                    "{\"type\":\"SIDEWAYS\",\"object\":{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"invented\"}}}\n"u8.ToArray(),
                    cancellationToken);
                return false;
            case StreamFault.Replay:
                foreach (var line in memory.UpTo(_version))
                {
                    await SendAsync(line, cancellationToken);
                }

                return false;
            case StreamFault.DropBookmarks:
                _noBookmarks = true;
                return false;
            case StreamFault.Bookmark:
                await SendAsync(
                    Encoding.UTF8.GetBytes(
                        $"{{\"type\":\"BOOKMARK\",\"object\":{{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{{\"resourceVersion\":\"{_version}\"}}}}}}\n"),
                    cancellationToken);
                return false;
            case StreamFault.Slow:
                _slow = true;
                return false;
            default:
                throw new NotSupportedException(fault.ToString());
        }
    }

    private static byte[] Error(int code, string reason, string message) => Encoding.UTF8.GetBytes(
        "{\"type\":\"ERROR\",\"object\":" + StatusText.Of(code, reason, message) + "}\n");

    private static (bool Bookmark, string? Version) Look(byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return (root.GetProperty("type").GetString() == "BOOKMARK", root.GetProperty("object").GetProperty("metadata").GetProperty("resourceVersion").GetString());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The server's own errors, for example.
            return (false, null);
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await context.Response.Body.WriteAsync(bytes, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }

    private async Task ReadAsync(Stream upstream, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(upstream);
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(cancellationToken);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    var line = rest.Slice(0, rest.GetPosition(1, end));
                    await _items.Writer.WriteAsync((line.ToArray(), null), cancellationToken);
                    rest = rest.Slice(line.End);
                }

                pipe.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            // Over on one of the sides.
        }

        _items.Writer.TryComplete();
        await pipe.CompleteAsync();
    }
}
