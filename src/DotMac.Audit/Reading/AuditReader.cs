using DotMac.Audit.Files;

namespace DotMac.Audit.Reading;

/// <summary>Reads trails from their ends, a page at a time, whatever is written and set aside meanwhile. Holds no more of them than a page.</summary>
/// <param name="trails">The trails: one for each replica of the operator.</param>
/// <param name="mostBytes">How many bytes are looked through for a page at most.</param>
public sealed class AuditReader(IReadOnlyList<AuditFileSet> trails, long mostBytes = 32 * 1024 * 1024)
{
    /// <summary>Reads a page.</summary>
    /// <param name="query">Which entries.</param>
    /// <param name="isVisible">Which of them may be shown.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="after">Where the page before ended; null for the newest.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public AuditPage Read(AuditQuery query, Func<AuditRecord, bool> isVisible, int most, AuditPlace? after = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        var work = new Work(mostBytes);
        var readers = trails.Select((files, i) => new TrailReader(files, after?.Before[i] ?? long.MaxValue, work)).ToList();
        try
        {
            bool Fits(AuditRecord record) => isVisible(record) && query.Matches(record);
            bool IsOver(AuditRecord record) => query.Since is { } since && record.Time < since;
            readers.ForEach(reader => reader.Next(Fits, IsOver));
            var items = new List<AuditRecord>();

            // What one trail has not been looked through for could be newer than what another one has.
            while (items.Count < most && readers.TrueForAll(static reader => reader.Current is not null || reader.IsOver)
                && readers.Where(static reader => reader.Current is not null).MaxBy(static reader => reader.Current!.Time) is { } newest)
            {
                items.Add(newest.Current!);
                newest.Next(Fits, IsOver);
            }

            return new AuditPage(items, readers.TrueForAll(static reader => reader is { IsOver: true, Current: null }) ? null : new AuditPlace([.. readers.Select(static reader => reader.Before)]), work.Unreadable);
        }
        finally
        {
            readers.ForEach(static reader => reader.Dispose());
        }
    }

    private sealed class Work(long left)
    {
        public long Left { get; set; } = left;

        public int Unreadable { get; set; }
    }

    private sealed class TrailReader(AuditFileSet files, long before, Work work) : IDisposable
    {
        private readonly IEnumerator<AuditRecord?> _records = Records(files, before, work).GetEnumerator();
        private long _scanned = before;

        /// <summary>The newest entry that was found and not taken.</summary>
        public AuditRecord? Current { get; private set; }

        /// <summary>Whether there is nothing behind it.</summary>
        public bool IsOver { get; private set; } = before == 0;

        /// <summary>Where to go on.</summary>
        public long Before => Current is { } found ? found.Seq + 1 : IsOver ? 0 : _scanned;

        public void Next(Func<AuditRecord, bool> fits, Func<AuditRecord, bool> isOver)
        {
            Current = null;
            while (!IsOver)
            {
                if (!_records.MoveNext())
                {
                    IsOver = true;
                    return;
                }

                if (_records.Current is not { } record)
                {
                    // The work for this page is done.
                    return;
                }

                _scanned = record.Seq;
                if (isOver(record))
                {
                    IsOver = true;
                }
                else if (fits(record))
                {
                    Current = record;
                    return;
                }
            }
        }

        public void Dispose() => _records.Dispose();

        // Null when there is more, and the work for a page is done.
        private static IEnumerable<AuditRecord?> Records(AuditFileSet files, long before, Work work)
        {
            foreach (var file in Files(files, before))
            {
                using (file)
                {
                    foreach (var (line, taken) in BackwardLines.Read(file))
                    {
                        if (work.Left <= 0)
                        {
                            yield return null;
                            yield break;
                        }

                        if (line.Length > 0 && AuditRecord.Read(line) is { } record)
                        {
                            // A file that was set aside while this was read is met twice.
                            if (record.Seq < before)
                            {
                                // What was looked through for the pages before costs this one nothing: it would never come to an end.
                                work.Left -= taken;
                                before = record.Seq;
                                yield return record;
                            }
                        }
                        else
                        {
                            work.Unreadable++;
                        }
                    }
                }
            }
        }

        // The one that is written is opened before the others are listed: whichever is set aside in between is one of those.
        private static IEnumerable<FileStream> Files(AuditFileSet files, long before)
        {
            if (Open(files.Live) is { } live)
            {
                yield return live;
            }

            foreach (var (first, file) in files.Rotated().Reverse())
            {
                if (first < before && Open(file) is { } rotated)
                {
                    yield return rotated;
                }
            }
        }

        // Retention may take the oldest away at any moment.
        private static FileStream? Open(string file)
        {
            try
            {
                return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
        }
    }
}
