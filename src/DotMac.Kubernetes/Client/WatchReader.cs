using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Client;

/// <summary>Reads a watch stream: one JSON document a line, parsed once, straight from the bytes of the network.</summary>
internal static class WatchReader
{
    private const int LargestEvent = 16 * 1024 * 1024;

    public static async IAsyncEnumerable<WatchEvent<T>> ReadAsync<T>(
        Stream stream,
        JsonTypeInfo<T> typeInfo,
        TimeSpan idleTimeout,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, minimumReadSize: 4 * 1024, leaveOpen: true));
        using var idle = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, idle.Token);
        try
        {
            while (true)
            {
                idle.CancelAfter(idleTimeout);
                ReadResult read;
                try
                {
                    read = await pipe.ReadAsync(either.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    throw new TimeoutException($"the watch brought nothing for {idleTimeout.TotalSeconds:0} s, not even a bookmark");
                }

                idle.CancelAfter(Timeout.InfiniteTimeSpan);
                var rest = read.Buffer;
                while (TryTakeLine(ref rest, out var line))
                {
                    if (!line.IsEmpty)
                    {
                        yield return Parse(line, typeInfo);
                    }
                }

                if (rest.Length > LargestEvent)
                {
                    throw new InvalidDataException($"a watch event of more than {LargestEvent} bytes");
                }

                pipe.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                {
                    if (!rest.IsEmpty)
                    {
                        // Half an event: it was not delivered, and the next watch brings it again.
                        throw new IOException("the watch ended in the middle of an event");
                    }

                    yield break;
                }
            }
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Parses one event.</summary>
    /// <exception cref="ApiException">The server reports an error in the stream.</exception>
    /// <exception cref="InvalidDataException">The line is not a watch event.</exception>
    internal static WatchEvent<T> Parse<T>(in ReadOnlySequence<byte> line, JsonTypeInfo<T> typeInfo)
    {
        using var whole = new JoinedBytes(line);
        return Parse(whole.Span, typeInfo);
    }

    private static WatchEvent<T> Parse<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> typeInfo)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = KubernetesJson.Deepest });
        try
        {
            Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
            WatchEventType? type = null;
            var error = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && !reader.ValueTextEquals("object"u8))
            {
                var isType = reader.ValueTextEquals("type"u8);
                reader.Read();
                if (isType)
                {
                    (type, error) = EventType(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }

            Expect(reader.TokenType == JsonTokenType.PropertyName && (type is not null || error));

            // The server sends the type first and the object last: what lies between here and the last brace is the object. To have the
            // serializer find its end would be to read it twice.
            var end = line.LastIndexOf((byte)'}');
            var from = (int)reader.BytesConsumed;
            Expect(end > from);
            var value = line[from..end].TrimStart(" :"u8);
            if (error)
            {
                // An error carries a Status instead of the kind.
                var status = JsonSerializer.Deserialize(value, KubernetesJsonContext.Default.V1Status) ?? new V1Status();
                throw new ApiException("WATCH", (HttpStatusCode)(status.Code ?? 500), status);
            }

            var item = ObjectJson.Read(value, typeInfo);
            Expect(item is not null);
            return new WatchEvent<T>(type!.Value, item!);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"not a watch event: {e.Message}", e);
        }
    }

    private static (WatchEventType? Type, bool Error) EventType(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("MODIFIED"u8))
        {
            return (WatchEventType.Modified, false);
        }

        if (reader.ValueTextEquals("ADDED"u8))
        {
            return (WatchEventType.Added, false);
        }

        if (reader.ValueTextEquals("DELETED"u8))
        {
            return (WatchEventType.Deleted, false);
        }

        if (reader.ValueTextEquals("BOOKMARK"u8))
        {
            return (WatchEventType.Bookmark, false);
        }

        if (reader.ValueTextEquals("ERROR"u8))
        {
            return (null, true);
        }

        throw new InvalidDataException($"unknown type of watch event '{reader.GetString()}'");
    }

    private static void Expect(bool condition)
    {
        if (!condition)
        {
            throw new InvalidDataException("not a watch event: an object with 'type' and then 'object' was expected");
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        var end = buffer.PositionOf((byte)'\n');
        if (end is null)
        {
            line = default;
            return false;
        }

        line = buffer.Slice(0, end.Value);
        buffer = buffer.Slice(buffer.GetPosition(1, end.Value));
        return true;
    }
}
