using System.Globalization;
using DotMac.Audit.Chain;
using DotMac.Audit.Files;

namespace DotMac.Audit.Verification;

/// <summary>Holds lines against the chain that they say they are. Reads nothing itself: lines are handed to it in order.</summary>
/// <param name="hash">How the trail was hashed.</param>
/// <param name="head">What was said of the trail; null when there is nothing.</param>
public sealed class AuditVerifier(ChainHash hash, AuditHead? head)
{
    // So many lines may have been written after the head was, when the writer was killed in between.
    private const int MostBehindHead = 10_000;

    private readonly List<AuditFinding> _findings = [];
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private long _more;
    private long _lines;
    private long _highest;
    private ChainLine? _first;
    private ChainLine? _last;
    private string? _atHead;
    private bool _keyDoubted;

    /// <summary>Asks for a line of this hash, as it was seen elsewhere.</summary>
    public void Expect(string lineHash) => _wanted.Add(lineHash);

    /// <summary>Takes the next line.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="number">The line's number in it, from 1.</param>
    /// <param name="bytes">Without the newline.</param>
    /// <param name="isWhole">Whether there was one.</param>
    public void Take(string file, long number, ReadOnlySpan<byte> bytes, bool isWhole)
    {
        _lines++;
        if (!isWhole)
        {
            Find(AuditFindingKind.Torn, file, number, null, "the file ends in the middle of a line, as after a crash or a cut");
        }

        if (ChainLine.Read(bytes, hash) is not { } line)
        {
            if (isWhole)
            {
                Find(AuditFindingKind.Unreadable, file, number, null, "this is no line of an audit trail");
            }

            return;
        }

        _wanted.Remove(line.Hash);
        if (!line.IsIntact)
        {
            NotIntact(file, number, line, bytes);
        }

        if (_last is null)
        {
            Begin(file, number, line);
        }
        else
        {
            Follow(file, number, line);
        }

        _atHead = line.Seq == head?.Seq ? line.Hash : _atHead;
        _first ??= line;
        _last = line;
        _highest = Math.Max(_highest, line.Seq);
    }

    /// <summary>Takes something that is wrong with a file as a whole.</summary>
    public void Find(AuditFindingKind kind, string file, long number, long? seq, string message)
    {
        if (_findings.Count < AuditVerification.MostFindings)
        {
            _findings.Add(new AuditFinding(kind, file, number, seq, message));
        }
        else
        {
            _more++;
        }
    }

    /// <summary>Judges the end.</summary>
    /// <param name="headFile">The head's name, for messages.</param>
    public AuditVerification Finish(string headFile)
    {
        if (head is null)
        {
            if (_lines > 0)
            {
                Find(AuditFindingKind.HeadMissing, headFile, 0, null, "the head is missing or unreadable: whether lines were cut off at the end cannot be told");
            }
        }
        else if (!head.IsGenuine(hash))
        {
            Find(AuditFindingKind.HeadForged, headFile, 0, head.Seq, "the head was changed, or made with another key");
        }
        else if (_highest < head.Seq)
        {
            Find(AuditFindingKind.Truncated, headFile, 0, head.Seq, Text($"lines up to {head.Seq} were written, and the files end at {_last?.Seq ?? 0}"));
        }
        else if (head.Seq > 0 && _atHead != head.Hash)
        {
            Find(AuditFindingKind.HeadForged, headFile, 0, head.Seq, Text($"line {head.Seq} is not the one that the head tells of"));
        }
        else if (_highest - head.Seq > MostBehindHead)
        {
            Find(AuditFindingKind.HeadForged, headFile, 0, head.Seq, Text($"the head tells of {head.Seq} lines and there are {_highest}: it is an older one"));
        }

        foreach (var missing in _wanted)
        {
            Find(AuditFindingKind.Truncated, headFile, 0, null, $"there is no line with the hash {missing}, which is known from elsewhere");
        }

        return new AuditVerification(_lines, _first?.Seq, _last?.Seq, _first?.Time, _last?.Time, _last?.Hash, _findings, _more);
    }

    private void NotIntact(string file, long number, ChainLine line, ReadOnlySpan<byte> bytes)
    {
        // With a wrong key every line looks edited; one word on the key says more.
        if (_last is null && !hash.IsKeyed)
        {
            _keyDoubted = true;
            Find(AuditFindingKind.Edited, file, number, line.Seq, "the line is not as it was written, or the trail was made with a key: give it with --key-file");
        }
        else if (_last is null && ChainLine.Read(bytes, new ChainHash()) is { IsIntact: true })
        {
            _keyDoubted = true;
            Find(AuditFindingKind.WrongKey, file, number, line.Seq, "the trail was made without a key, or with another one");
        }
        else if (!_keyDoubted || _findings.Count == 0)
        {
            Find(AuditFindingKind.Edited, file, number, line.Seq, "the line is not as it was written");
        }
        else
        {
            _more++;
        }
    }

    private void Begin(string file, long number, ChainLine line)
    {
        var expected = head is { } known && known.IsGenuine(hash) ? new ChainLink(known.OldestSeq, known.OldestPrev) : new ChainLink(1, ChainLink.Start.Hash);

        // What retention was about to delete when it was interrupted is no damage.
        if (line.Seq > expected.Seq)
        {
            Find(AuditFindingKind.Truncated, file, number, line.Seq, Text($"the trail begins at {line.Seq}, and lines from {expected.Seq} on should be there"));
        }
        else if ((line.Seq == expected.Seq && line.Prev != expected.Hash) || (line.Seq == 1 && line.Prev != ChainLink.Start.Hash) || line.Seq < 1)
        {
            Find(AuditFindingKind.Edited, file, number, line.Seq, "the first line does not follow what stood before it");
        }
    }

    private void Follow(string file, long number, ChainLine line)
    {
        var last = _last!;
        if (line.Seq == last.Seq + 1)
        {
            if (line.Prev != last.Hash)
            {
                Find(AuditFindingKind.Edited, file, number, line.Seq, Text($"it follows another line {last.Seq} than the one that is there"));
            }
        }
        else if (line.Seq > last.Seq + 1)
        {
            Find(AuditFindingKind.Gap, file, number, line.Seq, Text($"lines {last.Seq + 1} to {line.Seq - 1} are missing"));
        }
        else
        {
            Find(AuditFindingKind.Reordered, file, number, line.Seq, Text($"line {line.Seq} stands after line {last.Seq}"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
