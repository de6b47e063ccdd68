using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Client;

/// <summary>
/// Reads a list item by item as it arrives. Ten thousand objects are tens of megabytes of JSON; they are never in memory at once.
/// </summary>
internal static class ListReader
{
    private const int LargestItem = 16 * 1024 * 1024;

    private enum Where
    {
        Start,
        Top,
        Items,
        End,
    }

    public static async Task<ListResult<T>> ReadAsync<T>(
        Stream stream,
        JsonTypeInfo<T> typeInfo,
        TimeSpan idleTimeout,
        CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, minimumReadSize: 16 * 1024, leaveOpen: true));
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var page = new Page<T>();
        try
        {
            while (page.Where != Where.End)
            {
                idle.CancelAfter(idleTimeout);
                ReadResult read;
                try
                {
                    read = await pipe.ReadAsync(idle.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
                {
                    throw new TimeoutException($"the list stood still for {idleTimeout.TotalSeconds:0} s", e);
                }

                SequencePosition consumed;
                try
                {
                    consumed = page.Consume(read.Buffer, typeInfo);
                }
                catch (Exception e) when (e is JsonException or InvalidOperationException)
                {
                    throw new InvalidDataException($"the list cannot be read: {e.Message}", e);
                }

                if (read.Buffer.Slice(consumed).Length > LargestItem)
                {
                    throw new InvalidDataException($"an object of more than {LargestItem} bytes");
                }

                pipe.AdvanceTo(consumed, read.Buffer.End);
                if (read.IsCompleted && page.Where != Where.End)
                {
                    throw new IOException("the list ended too early");
                }
            }
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }

        return new ListResult<T>(page.Items, page.ResourceVersion, string.IsNullOrEmpty(page.Continue) ? null : page.Continue);
    }

    private sealed class Page<T>
    {
        private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = KubernetesJson.Deepest });
        private long _consumed;

        public List<T> Items { get; } = [];

        public string? ResourceVersion { get; private set; }

        public string? Continue { get; private set; }

        public Where Where { get; private set; } = Where.Start;

        /// <summary>Takes what is complete in the buffer and says up to where that was.</summary>
        public SequencePosition Consume(in ReadOnlySequence<byte> buffer, JsonTypeInfo<T> typeInfo)
        {
            // Never told that this is all: a list that breaks off is a broken connection, not broken JSON.
            var reader = new Utf8JsonReader(buffer, isFinalBlock: false, _state);
            while (Step(ref reader, buffer, typeInfo))
            {
                _state = reader.CurrentState;
            }

            return buffer.GetPosition(_consumed);
        }

        // Takes one unit: the opening brace, a property of the list, one item, a closing bracket. What it cannot take whole it leaves.
        private bool Step(ref Utf8JsonReader reader, in ReadOnlySequence<byte> buffer, JsonTypeInfo<T> typeInfo)
        {
            var attempt = reader;
            _consumed = reader.BytesConsumed;
            if (Where == Where.End || !attempt.Read())
            {
                return false;
            }

            switch (Where)
            {
                case Where.Start:
                    Where = attempt.TokenType == JsonTokenType.StartObject ? Where.Top : throw new JsonException("not an object");
                    break;
                case Where.Top when attempt.TokenType == JsonTokenType.EndObject:
                    Where = Where.End;
                    break;
                case Where.Top:
                    if (!Property(ref attempt))
                    {
                        return false;
                    }

                    break;
                case Where.Items when attempt.TokenType == JsonTokenType.EndArray:
                    Where = Where.Top;
                    break;
                default:
                    var start = attempt.TokenStartIndex;
                    if (!attempt.TrySkip())
                    {
                        return false;
                    }

                    if (ObjectJson.Read(buffer.Slice(start, attempt.BytesConsumed - start), typeInfo) is { } value)
                    {
                        Items.Add(value);
                    }

                    break;
            }

            reader = attempt;
            _consumed = reader.BytesConsumed;
            return true;
        }

        private bool Property(ref Utf8JsonReader reader)
        {
            var items = reader.ValueTextEquals("items"u8);
            var metadata = reader.ValueTextEquals("metadata"u8);
            if (!reader.Read())
            {
                return false;
            }

            if (items && reader.TokenType == JsonTokenType.StartArray)
            {
                Where = Where.Items;
                return true;
            }

            if (!metadata || reader.TokenType != JsonTokenType.StartObject)
            {
                return reader.TrySkip();
            }

            var inside = reader;
            if (!reader.TrySkip())
            {
                return false;
            }

            while (inside.Read() && inside.TokenType == JsonTokenType.PropertyName)
            {
                var version = inside.ValueTextEquals("resourceVersion"u8);
                var more = inside.ValueTextEquals("continue"u8);
                inside.Read();
                if (version)
                {
                    ResourceVersion = inside.GetString();
                }
                else if (more)
                {
                    Continue = inside.GetString();
                }
                else
                {
                    inside.TrySkip();
                }
            }

            return true;
        }
    }
}
