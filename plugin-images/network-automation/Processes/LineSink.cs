using System.Buffers;
using System.Text;

namespace DotMac.Plugins.NetworkAutomation.Processes;

/// <summary>Cuts what a program writes into lines, as they come. A line that is longer than the limit is cut.</summary>
/// <param name="maxBytes">The longest line.</param>
/// <param name="take">Takes a line.</param>
internal sealed class LineSink(int maxBytes, Action<string> take) : IOutputSink
{
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is int end and >= 0)
        {
            Keep(bytes[..end]);
            Flush();
            bytes = bytes[(end + 1)..];
        }

        Keep(bytes);
    }

    /// <inheritdoc/>
    public void End()
    {
        if (_line.WrittenCount > 0)
        {
            Flush();
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes) => _line.Write(bytes[..Math.Min(bytes.Length, maxBytes - _line.WrittenCount)]);

    private void Flush()
    {
        string line = Encoding.UTF8.GetString(_line.WrittenSpan);
        _line.ResetWrittenCount();
        take(line);
    }
}
