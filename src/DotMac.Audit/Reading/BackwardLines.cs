using DotMac.Audit.Chain;

namespace DotMac.Audit.Reading;

/// <summary>Reads a file's lines from its end, a block at a time, and never more of a line than may be one.</summary>
public static class BackwardLines
{
    private const int Block = 64 * 1024;

    /// <summary>Reads all lines, the last one first.</summary>
    /// <param name="stream">A stream that can seek; what is appended to it meanwhile is not read.</param>
    /// <param name="block">How many bytes are read at once.</param>
    /// <returns>
    /// Each line's bytes without its newline, and how many bytes of the stream it took. What follows the last newline is a line that is still being written, and is
    /// left out; a line that is too long is given as an empty one.
    /// </returns>
    public static IEnumerable<(byte[] Line, long Taken)> Read(Stream stream, int block = Block)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(block);
        var (position, buffer, tail, taken) = (stream.Length, new byte[block], new List<byte[]>(), 0L);
        var isTorn = true;
        while (position > 0)
        {
            var count = (int)Math.Min(block, position);
            position -= count;
            stream.Position = position;
            stream.ReadExactly(buffer, 0, count);
            var end = count;
            for (int newline; (newline = Array.LastIndexOf(buffer, (byte)'\n', end - 1, end)) >= 0; end = newline)
            {
                if (!isTorn)
                {
                    yield return (Join(buffer.AsSpan(newline + 1, end - newline - 1), tail, taken), taken + end - newline);
                }

                (isTorn, taken) = (false, 0);
                tail.Clear();
                if (newline == 0)
                {
                    end = 0;
                    break;
                }
            }

            // Of a line that can be none, nothing is kept.
            taken += end;
            if (taken <= ChainLine.LongestBytes && !isTorn)
            {
                tail.Add(buffer.AsSpan(0, end).ToArray());
            }
        }

        if (!isTorn)
        {
            yield return (Join([], tail, taken), taken + 1);
        }
    }

    private static byte[] Join(ReadOnlySpan<byte> first, List<byte[]> tail, long taken)
    {
        if (taken + first.Length > ChainLine.LongestBytes)
        {
            return [];
        }

        var line = new byte[first.Length + (int)taken];
        first.CopyTo(line);
        var at = first.Length;
        for (var i = tail.Count - 1; i >= 0; at += tail[i].Length, i--)
        {
            tail[i].CopyTo(line, at);
        }

        return line;
    }
}
