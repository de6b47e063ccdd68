using System.Buffers;

namespace DotMac.Kubernetes.Serialization;

/// <summary>The bytes of a sequence as they lie, or put together first: that costs less than a reader that minds the seams.</summary>
internal readonly ref struct JoinedBytes : IDisposable
{
    private readonly byte[]? _rented;

    /// <summary>Joins them; they are there until this is disposed of.</summary>
    public JoinedBytes(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            Span = bytes.FirstSpan;
            return;
        }

        var length = (int)bytes.Length;
        _rented = ArrayPool<byte>.Shared.Rent(length);
        bytes.CopyTo(_rented);
        Span = _rented.AsSpan(0, length);
    }

    /// <summary>All of them.</summary>
    public ReadOnlySpan<byte> Span { get; }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}
