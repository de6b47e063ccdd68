using DotMac.Audit.Chain;

namespace DotMac.Audit.Files;

/// <summary>Reads a stream line by line, and never more of a line than may be one.</summary>
public static class AuditLines
{
    private const int Block = 64 * 1024;

    /// <summary>Reads all lines.</summary>
    /// <param name="stream">From its present position.</param>
    /// <returns>
    /// Each line's bytes without its newline, whether it had one, and where it begins. A line that is too long is cut, and can be no line of a trail.
    /// </returns>
    public static IEnumerable<(byte[] Line, bool IsWhole, long Offset)> Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var block = new byte[Block];
        using var line = new MemoryStream();
        var (offset, start) = (0L, 0L);
        for (int read; (read = stream.Read(block)) > 0;)
        {
            var from = 0;
            for (int end; (end = Array.IndexOf(block, (byte)'\n', from, read - from)) >= 0; from = end + 1)
            {
                Append(line, block.AsSpan(from, end - from));
                yield return (line.ToArray(), true, start);
                line.SetLength(0);
                start = offset + end + 1;
            }

            Append(line, block.AsSpan(from, read - from));
            offset += read;
        }

        if (offset > start)
        {
            yield return (line.ToArray(), false, start);
        }
    }

    private static void Append(MemoryStream line, ReadOnlySpan<byte> more)
    {
        var room = ChainLine.LongestBytes + 1 - (int)line.Length;
        line.Write(more[..Math.Min(room, more.Length)]);
    }
}
