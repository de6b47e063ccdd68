using System.Buffers;
using System.Text;

namespace DotMac.Plugins.NetworkAutomation.Processes;

/// <summary>The beginning of what a program writes. The rest is read and thrown away, so that the program is never held up.</summary>
/// <param name="maxBytes">How many bytes are kept.</param>
internal sealed class BoundedText(int maxBytes) : IOutputSink
{
    private readonly ArrayBufferWriter<byte> _kept = new();

    /// <summary>Whether there was more than is kept.</summary>
    public bool Truncated { get; private set; }

    /// <summary>The text, read as UTF-8; a character that was cut in the middle is left out.</summary>
    public string Text
    {
        get
        {
            char[] text = new char[Encoding.UTF8.GetMaxCharCount(_kept.WrittenCount)];
            int length = Encoding.UTF8.GetDecoder().GetChars(_kept.WrittenSpan, text, flush: !Truncated);
            return new string(text, 0, length);
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        int room = maxBytes - _kept.WrittenCount;
        Truncated |= bytes.Length > room;
        _kept.Write(bytes[..Math.Min(room, bytes.Length)]);
    }

    /// <inheritdoc/>
    public void End()
    {
    }
}
