using System.Globalization;

namespace DotMac.Testing.Faults;

/// <summary>The last events of a scope, and its oldest list, for those who want to hear them again.</summary>
internal sealed class ReplayMemory
{
    private const int Most = 48;

    private readonly Lock _gate = new();
    private readonly Queue<(byte[] Line, ulong Version)> _lines = new();

    /// <summary>The first list that was answered.</summary>
    public byte[]? List { get; private set; }

    public void Remember(byte[] line, string? version)
    {
        if (!ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return;
        }

        lock (_gate)
        {
            _lines.Enqueue((line, number));
            while (_lines.Count > Most)
            {
                _lines.Dequeue();
            }
        }
    }

    public void RememberList(byte[] body)
    {
        lock (_gate)
        {
            List ??= body;
        }
    }

    /// <summary>
    /// The events up to a version, in the order of theirs. Later ones, which another watch may have brought already, are none of a replay:
    /// no server tells of a later event before an earlier one.
    /// </summary>
    public IReadOnlyList<byte[]> UpTo(string? version)
    {
        _ = ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var most);
        lock (_gate)
        {
            return [.. _lines.Where(l => l.Version <= most).OrderBy(static l => l.Version).Select(static l => l.Line)];
        }
    }
}
