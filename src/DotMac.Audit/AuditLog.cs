using System.Threading.Channels;
using DotMac.Audit.Chain;
using DotMac.Audit.Entries;
using DotMac.Audit.Files;
using Microsoft.Extensions.Logging;

namespace DotMac.Audit;

/// <summary>
/// Writes entries as one chain to a stream and a file. One task does the writing, many entries with one write and one flush to the disk. A sink
/// that fails holds up neither the other nor a caller for long.
/// </summary>
public sealed class AuditLog : IAuditLog, IAsyncDisposable
{
    /// <summary>How long a caller waits at most.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int MostAtOnce = 256;
    private const string OwnSource = "operator";

    private readonly AuditLogOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly ChainHash _hash;
    private readonly AuditFile? _file;
    private readonly Channel<Pending> _channel = Channel.CreateBounded<Pending>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly Queue<(byte[] Line, ChainLink Link)> _kept = new();
    private readonly Task _writing;
    private ChainLink _last;
    private bool _streamFails;
    private bool _fileFails;
    private long _lost;

    /// <summary>Opens the sinks.</summary>
    /// <param name="options">Where the trail goes.</param>
    /// <param name="logger">Told of sinks that fail and that are back; never of an entry.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    /// <exception cref="IOException">The file cannot be opened; the message says what to do.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public AuditLog(AuditLogOptions options, ILogger<AuditLog> logger, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Key is { Length: < ChainHash.ShortestKey })
        {
            throw new ArgumentException($"the audit key has {options.Key.Length} bytes; it needs {ChainHash.ShortestKey} at least: head -c 32 /dev/urandom > key", nameof(options));
        }

        (_options, _logger, _clock, _hash) = (options, logger, clock ?? TimeProvider.System, new ChainHash(options.Key));
        _file = options.File is { } file ? AuditFile.Open(file, _hash) : null;
        _last = _file?.Last ?? ChainLink.Start;
        TellOfStart();
        _writing = Task.Run(WriteAsync);
    }

    /// <inheritdoc />
    public async ValueTask RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        var pending = new Pending(entry, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await _channel.Writer.WriteAsync(pending, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The writer hangs, and as many entries wait as may. Who comes now is not held up for ever.
            Interlocked.Increment(ref _lost);
            AuditMetrics.Lost.Add(1, new KeyValuePair<string, object?>("sink", "all"));
            return;
        }
        catch (ChannelClosedException)
        {
            Interlocked.Increment(ref _lost);
            AuditMetrics.Lost.Add(1, new KeyValuePair<string, object?>("sink", "all"));
            return;
        }

        await pending.Done.Task.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Writes what waits, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _channel.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        _file?.Dispose();
    }

    private void TellOfStart()
    {
        switch (_file?.Start)
        {
            case AuditFileStart.Recovered:
                _logger.LogWarning("The audit trail goes on after a crash: {Found}", _file.Found);
                _channel.Writer.TryWrite(Pending.Of(Own("audit.recovered", "TornLine", _file.Found)));
                break;
            case AuditFileStart.Damaged:
                _logger.LogError("The audit trail is damaged and goes on behind the damage: {Found}. See dotmac audit verify", _file.Found);
                _channel.Writer.TryWrite(Pending.Of(Own("audit.restarted", "Damaged", _file.Found)));
                break;
        }
    }

    private async Task WriteAsync()
    {
        var batch = new List<Pending>();
        while (await _channel.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < MostAtOnce && _channel.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
            {
                batch.Insert(0, Pending.Of(Own("audit.gap", "Overflow", $"{lost} entries could not be kept: the trail could not be written fast enough")));
            }

            var lines = Lines(batch);
            ToStream(lines);
            ToFile(lines);
            batch.ForEach(static pending => pending.Done.TrySetResult());
        }

        // The last chance of a file that failed.
        ToFile([]);
    }

    private List<(byte[] Line, ChainLink Link)> Lines(List<Pending> batch)
    {
        var lines = new List<(byte[] Line, ChainLink Link)>(batch.Count);
        foreach (var pending in batch)
        {
            try
            {
                lines.Add(Line(pending));
            }
#pragma warning disable CA1031 // One entry that cannot be written must not end the writing of all others.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _logger.LogError(e, "An entry of the audit trail cannot be written: {Operation}", pending.Entry.Operation);
                Interlocked.Increment(ref _lost);
            }
        }

        return lines;
    }

    private (byte[] Line, ChainLink Link) Line(Pending pending)
    {
        var written = ChainLine.Write(pending.Entry, _last, _clock.GetUtcNow(), _hash);
        _last = written.Link;
        AuditMetrics.Records.Add(1, new KeyValuePair<string, object?>("result", pending.Entry.Result.ToString()));
        return written;
    }

    private void ToStream(List<(byte[] Line, ChainLink Link)> lines)
    {
        if (_options.Stream is not { } stream)
        {
            return;
        }

        try
        {
            foreach (var (line, _) in lines)
            {
                // In one piece: others may write to the same place.
                stream.Write([.. line, (byte)'\n']);
            }

            stream.Flush();
            _streamFails = false;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Failed("stream", ref _streamFails, e);
        }
    }

    private void ToFile(List<(byte[] Line, ChainLink Link)> lines)
    {
        if (_file is null)
        {
            return;
        }

        foreach (var line in lines)
        {
            if (_kept.Count >= _options.MostKept)
            {
                _kept.Dequeue();
                AuditMetrics.Lost.Add(1, new KeyValuePair<string, object?>("sink", "file"));
                Interlocked.Increment(ref _lost);
            }

            _kept.Enqueue(line);
        }

        try
        {
            _file.Append([.. _kept]);
            if (_fileFails)
            {
                _logger.LogInformation("The audit file is written again; {Count} lines were kept meanwhile", _kept.Count);
            }

            _kept.Clear();
            _fileFails = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ObjectDisposedException)
        {
            Failed("file", ref _fileFails, e);
        }
    }

    // Once for each change: a full disk would otherwise fill the log as well.
    private void Failed(string sink, ref bool fails, Exception error)
    {
        AuditMetrics.WriteErrors.Add(1, new KeyValuePair<string, object?>("sink", sink));
        if (!fails)
        {
            _logger.LogError("The audit trail cannot be written to its {Sink}: {Reason}. Lines are kept until it can", sink, error.Message);
        }

        fails = true;
    }

    private static AuditEntry Own(string operation, string reason, string message) => new()
    {
        Operation = operation,
        Result = AuditResult.Failed,
        Actor = new AuditActor("dotmac-audit", AuditActorKind.Operator),
        Source = OwnSource,
        Reason = reason,
        Message = message,
    };

    private sealed record Pending(AuditEntry Entry, TaskCompletionSource Done)
    {
        public static Pending Of(AuditEntry entry) => new(entry, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
