using System.Globalization;
using DotMac.Audit.Chain;

namespace DotMac.Audit.Files;

/// <summary>Appends lines to a file, lasting; begins another one when it is full, and keeps the head beside them. Used by one thread at a time.</summary>
public sealed class AuditFile : IDisposable
{
    private readonly AuditFileOptions _options;
    private readonly AuditFileSet _files;
    private readonly ChainHash _hash;
    private readonly FileStream _lock;
    private FileStream? _live;
    private long _first;
    private AuditHead _head;

    private AuditFile(AuditFileOptions options, ChainHash hash, FileStream held)
    {
        (_options, _files, _hash, _lock) = (options, new AuditFileSet(options.Path), hash, held);
        _head = new AuditHead(0, ChainLink.Start.Hash, 1, ChainLink.Start.Hash);
    }

    /// <summary>The last place in the chain.</summary>
    public ChainLink Last => _head.Last;

    /// <summary>What was found at the start.</summary>
    public AuditFileStart Start { get; private set; }

    /// <summary>The same for people; empty when all was well.</summary>
    public string Found { get; private set; } = string.Empty;

    /// <summary>Opens a trail, or begins one.</summary>
    /// <exception cref="IOException">Another process writes it, or the disk is in trouble; the message names the file and the way out.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static AuditFile Open(AuditFileOptions options, ChainHash hash)
    {
        ArgumentNullException.ThrowIfNull(options);
        var files = new AuditFileSet(options.Path);
        System.IO.Directory.CreateDirectory(files.Directory);
        FileStream held;
        try
        {
            held = new FileStream(files.Lock, Only(FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException e) when (File.Exists(files.Lock))
        {
            throw new IOException($"{options.Path} is written by another process, which holds {files.Lock}. Give each process an audit file of its own", e);
        }

        var file = new AuditFile(options, hash, held);
        try
        {
            file.Resume();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends lines that follow one another and the last one; when it returns they are on the disk.</summary>
    /// <param name="lines">Without newlines, each with its place.</param>
    /// <exception cref="IOException">None of them is there; they may be appended again.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of rights.</exception>
    public void Append(IReadOnlyList<(byte[] Line, ChainLink Link)> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Count == 0)
        {
            return;
        }

        // The directory may have been taken away, or the file moved by somebody else's rotation: what is written must be found under its name.
        if (_live is not null && !File.Exists(_files.Live))
        {
            _live.Dispose();
            _live = null;
            System.IO.Directory.CreateDirectory(_files.Directory);
        }

        if (_live is { } full && full.Length >= _options.MaxBytes)
        {
            Rotate(full);
        }

        if (_live is null)
        {
            _live = new FileStream(_files.Live, Only(FileMode.OpenOrCreate));
            _live.Seek(0, SeekOrigin.End);
            _first = _live.Length == 0 ? lines[0].Link.Seq : _first;
        }

        var length = _live.Length;
        try
        {
            // In one piece, without a buffer that would try again when the file is closed.
            _live.Write([.. lines.SelectMany(static line => line.Line.Append((byte)'\n'))]);
            _live.Flush(flushToDisk: true);
            var last = lines[^1].Link;
            WriteHead(_head with { Seq = last.Seq, Hash = last.Hash });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was written of it would be in the way of the next try.
            var failed = _live;
            _live = null;
            TryTruncate(failed, length);
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _live?.Dispose();
        _lock.Dispose();
    }

    private static FileStreamOptions Only(FileMode mode, FileShare share = FileShare.Read)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static void TryTruncate(FileStream file, long length)
    {
        try
        {
            file.SetLength(length);
            file.Dispose();
        }
        catch (IOException)
        {
            // A torn line is found at the next start.
        }
    }

    private void Resume()
    {
        var known = File.Exists(_files.Head) ? AuditHead.Read(File.ReadAllBytes(_files.Head)) : null;
        var (last, isTorn, isBroken) = (ReadLast(known), false, false);
        if (File.Exists(_files.Live))
        {
            (last, isTorn, isBroken) = ReadLive(last);
        }

        if (known is null && last is null)
        {
            Start = AuditFileStart.New;
            return;
        }

        // Where the files end is where the trail goes on, unless they end too early: then the gap must stay to be seen.
        var place = last is null || (known is not null && known.Seq > last.Seq) ? known!.Last : last;
        _head = (known ?? _head) with { Seq = place.Seq, Hash = place.Hash };
        (Start, Found) = known switch
        {
            null => (AuditFileStart.Damaged, $"{_files.Head} is missing or unreadable though there are lines"),
            _ when !known.IsGenuine(_hash) => (AuditFileStart.Damaged, $"{_files.Head} was changed, or made with another key"),
            _ when last is null || known.Seq > last.Seq => (AuditFileStart.Damaged, string.Create(CultureInfo.InvariantCulture, $"lines up to {known.Seq} were written, and the files end at {last?.Seq ?? 0}")),
            _ when known.Seq == last.Seq && known.Hash != last.Hash => (AuditFileStart.Damaged, string.Create(CultureInfo.InvariantCulture, $"line {last.Seq} is not the one that was written")),
            _ when isBroken => (AuditFileStart.Damaged, $"{_files.Live} has lines that do not fit together"),
            _ when isTorn => (AuditFileStart.Recovered, $"{_files.Live} ended in the middle of a line, which was moved away"),
            _ => (AuditFileStart.Continued, string.Empty),
        };
    }

    // The end of the newest full file, for a crash between one file and the next.
    private ChainLink? ReadLast(AuditHead? known)
    {
        if (_files.Rotated() is not [.., var (_, newest)])
        {
            return null;
        }

        using var stream = File.OpenRead(newest);
        ChainLink? last = null;
        foreach (var (line, _, _) in AuditLines.Read(stream))
        {
            last = ChainLine.Read(line, _hash)?.Link ?? last;
        }

        return last ?? known?.Last;
    }

    private (ChainLink? Last, bool IsTorn, bool IsBroken) ReadLive(ChainLink? before)
    {
        var (last, torn, broken, first) = (before, -1L, false, 0L);
        _live = new FileStream(_files.Live, Only(FileMode.OpenOrCreate));
        foreach (var (line, isWhole, offset) in AuditLines.Read(_live))
        {
            if (!isWhole)
            {
                torn = offset;
                break;
            }

            if (ChainLine.Read(line, _hash) is not { } read)
            {
                broken = true;
                continue;
            }

            broken |= !read.IsIntact || (last is not null && (read.Seq != last.Seq + 1 || read.Prev != last.Hash));
            first = first == 0 ? read.Seq : first;
            last = read.Link;
        }

        _first = first;
        if (torn >= 0)
        {
            MoveAway(_live, torn);
        }

        _live.Seek(0, SeekOrigin.End);
        return (last, torn >= 0, broken);
    }

    private void MoveAway(FileStream live, long from)
    {
        using (var torn = new FileStream($"{_files.Live}.torn-{DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture)}", Only(FileMode.Create)))
        {
            live.Seek(from, SeekOrigin.Begin);
            live.CopyTo(torn);
        }

        live.SetLength(from);
        live.Flush(flushToDisk: true);
    }

    private void Rotate(FileStream full)
    {
        full.Dispose();
        _live = null;
        File.Move(_files.Live, _files.Rotated(_first), overwrite: false);
        var rotated = _files.Rotated();
        var tooOld = rotated.Take(Math.Max(0, rotated.Count - _options.Keep)).ToList();
        if (tooOld.Count == 0)
        {
            return;
        }

        // First it is said that they go, then they do: the other way round a crash would look like a theft.
        var oldest = rotated.Count > tooOld.Count ? rotated[tooOld.Count].File : null;
        var (seq, prev) = oldest is not null && FirstOf(oldest) is { } line ? (line.Seq, line.Prev) : (_head.Seq + 1, _head.Hash);
        WriteHead(_head with { OldestSeq = seq, OldestPrev = prev });
        foreach (var (_, file) in tooOld)
        {
            File.Delete(file);
        }
    }

    private ChainLine? FirstOf(string file)
    {
        using var stream = File.OpenRead(file);
        return AuditLines.Read(stream).Select(line => ChainLine.Read(line.Line, _hash)).FirstOrDefault();
    }

    private void WriteHead(AuditHead head)
    {
        var signed = head.Signed(_hash);
        var temporary = _files.Head + ".new";
        using (var file = new FileStream(temporary, Only(FileMode.Create)))
        {
            file.Write(signed.ToUtf8Bytes());
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, _files.Head, overwrite: true);
        _head = signed;
    }
}
