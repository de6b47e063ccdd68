namespace DotMac.Kubernetes.Tests.Fakes;

/// <summary>A stream that brings its bytes in given pieces, as a network does, and then ends or stands still.</summary>
internal sealed class ChunkedStream(IEnumerable<byte[]> chunks, bool standsStill = false) : Stream
{
    private readonly Queue<byte[]> _chunks = new(chunks.Where(static c => c.Length > 0));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The bytes cut in two at a position.</summary>
    public static ChunkedStream CutAt(byte[] bytes, int position) => new([bytes[..position], bytes[position..]]);

    /// <summary>The bytes one at a time.</summary>
    public static ChunkedStream Dripping(byte[] bytes) => new(bytes.Select(static b => new[] { b }));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_chunks.TryDequeue(out var chunk))
        {
            if (standsStill)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return 0;
        }

        if (chunk.Length > buffer.Length)
        {
            // The rest comes first next time.
            var rest = _chunks.ToArray();
            _chunks.Clear();
            _chunks.Enqueue(chunk[buffer.Length..]);
            foreach (var later in rest)
            {
                _chunks.Enqueue(later);
            }

            chunk = chunk[..buffer.Length];
        }

        chunk.CopyTo(buffer);
        return chunk.Length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
