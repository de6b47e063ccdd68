using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;
using Microsoft.Extensions.Logging;

namespace DotMac.Kubernetes.Events;

/// <summary>
/// Writes <c>events.k8s.io/v1</c> in the background. What repeats becomes a series on the first event, written at most once per
/// interval; an object that has ever new things to tell is listened to less and less, as client-go does; and when the server is slower than
/// the news, news is dropped rather than memory filled.
/// </summary>
public sealed class EventRecorder : IEventRecorder
{
    private const int LongestNote = 1024;
    private const int MostRemembered = 4096;
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private readonly IResource<EventsV1Event> _events;
    private readonly string _controller;
    private readonly string _instance;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly Channel<Occurrence?> _channel = Channel.CreateBounded<Occurrence?>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Dictionary<Identity, Series> _series = [];
    private readonly Dictionary<string, Allowance> _allowances = [];

    /// <summary>A recorder; <see cref="RunAsync"/> does the writing.</summary>
    /// <param name="client">The server.</param>
    /// <param name="controller">Who tells, <c>dotmac.io/operator</c>.</param>
    /// <param name="instance">Which instance of it, the pod's name for example.</param>
    /// <param name="logger">Told of events that could not be written.</param>
    /// <param name="clock">The time.</param>
    public EventRecorder(IKubernetesClient client, string controller, string instance, ILogger<EventRecorder> logger, TimeProvider? clock = null)
    {
        _events = client.Resource<EventsV1Event>();
        _controller = controller;
        _instance = instance;
        _logger = logger;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>An event that goes on is written no more often than this.</summary>
    public TimeSpan SeriesInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>So many different events an object may have at once; after that one more in each <see cref="SeriesInterval"/>.</summary>
    public int Burst { get; init; } = 25;

    /// <inheritdoc />
    public void Normal(IKubernetesEntity regarding, string reason, string action, string note) =>
        Record(regarding, "Normal", reason, action, note);

    /// <inheritdoc />
    public void Warning(IKubernetesEntity regarding, string reason, string action, string note) =>
        Record(regarding, "Warning", reason, action, note);

    /// <summary>Writes until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Null stands for the wish to look through the series: the last occurrences of one that ended are written too.
        var period = SeriesInterval > ShortestPeriod ? SeriesInterval : ShortestPeriod;
        await using var timer = _clock.CreateTimer(_ => _channel.Writer.TryWrite(null), null, period, period);
        try
        {
            await foreach (var occurrence in _channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await (occurrence is null ? FlushAsync(cancellationToken) : TryAsync(occurrence, () => WriteAsync(occurrence, cancellationToken), cancellationToken))
                    .ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The wish to stop.
        }
    }

    private async Task TryAsync(Occurrence occurrence, Func<Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever is wrong with one event, or with the server at this moment, the next one is tried.
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // An event is a courtesy: lost is lost.
            _logger.LogDebug("Event {Reason} of {Kind} {Name} was not written: {Error}", occurrence.Identity.Reason, occurrence.Regarding.Kind, occurrence.Regarding.Name, e.Message);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        foreach (var (identity, series) in _series.ToList())
        {
            if (now - series.WrittenAt < SeriesInterval)
            {
                continue;
            }

            if (series.Unwritten == 0)
            {
                if (now - series.Last.At >= Forgotten)
                {
                    // The server has forgotten it too: should it happen again, that is an event of its own.
                    _series.Remove(identity);
                }

                continue;
            }

            await TryAsync(series.Last, () => WriteSeriesAsync(series, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        foreach (var (uid, allowance) in _allowances.ToList())
        {
            if (allowance.Refill(now, Burst, SeriesInterval) >= Burst)
            {
                _allowances.Remove(uid);
            }
        }
    }

    private static string Cut(string note)
    {
        if (Encoding.UTF8.GetByteCount(note) <= LongestNote)
        {
            return note;
        }

        var end = Math.Min(note.Length, LongestNote);
        while (end > 0 && (Encoding.UTF8.GetByteCount(note.AsSpan(0, end)) > LongestNote - 3 || char.IsHighSurrogate(note[end - 1])))
        {
            end--;
        }

        return note[..end] + "…";
    }

    private void Record(IKubernetesEntity regarding, string type, string reason, string action, string note)
    {
        // What was read raw names its kind itself; what was listed may not, and its type does.
        var declared = regarding.GetType().GetCustomAttribute<KubernetesEntityAttribute>() is null ? null : EntityType.Of(regarding.GetType());
        var metadata = regarding.Metadata;
        _channel.Writer.TryWrite(new Occurrence(
            new Identity(metadata.Uid ?? string.Empty, type, reason, note),
            new V1ObjectReference
            {
                ApiVersion = declared?.ApiVersion ?? regarding.ApiVersion,
                Kind = declared?.Kind ?? regarding.Kind,
                Namespace = metadata.Namespace,
                Name = metadata.Name,
                Uid = metadata.Uid,
                ResourceVersion = metadata.ResourceVersion,
            },
            action,
            _clock.GetUtcNow()));
    }

    private async Task WriteAsync(Occurrence occurrence, CancellationToken cancellationToken)
    {
        if (_series.TryGetValue(occurrence.Identity, out var series))
        {
            series.Take(occurrence);
            if (occurrence.At - series.WrittenAt < SeriesInterval)
            {
                return;
            }

            try
            {
                await WriteSeriesAsync(series, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (ApiException e) when (e.IsNotFound)
            {
                // Events live an hour; this one is gone, and a new one takes its place.
                _series.Remove(occurrence.Identity);
            }
        }

        if (!TakeAllowance(occurrence))
        {
            return;
        }

        var written = await _events.CreateAsync(New(occurrence), cancellationToken).ConfigureAwait(false);
        if (_series.Count >= MostRemembered)
        {
            // Forgetting costs a second event at worst.
            _series.Clear();
        }

        _series[occurrence.Identity] = new Series(ObjectKey.Of(written), occurrence);
    }

    private async Task WriteSeriesAsync(Series series, CancellationToken cancellationToken)
    {
        series.Written(_clock.GetUtcNow());
        var patch = new JsonObject { ["series"] = new JsonObject { ["count"] = series.Count, ["lastObservedTime"] = MicroTime.Text(series.Last.At) } };
        await _events.PatchAsync(series.Key, patch, null, cancellationToken).ConfigureAwait(false);
    }

    private bool TakeAllowance(Occurrence occurrence)
    {
        if (_allowances.Count >= MostRemembered)
        {
            _allowances.Clear();
        }

        var uid = occurrence.Identity.Uid;
        if (!_allowances.TryGetValue(uid, out var allowance))
        {
            _allowances[uid] = allowance = new Allowance(Burst, occurrence.At);
        }

        if (allowance.Refill(occurrence.At, Burst, SeriesInterval) >= 1)
        {
            allowance.Take();
            return true;
        }

        // Too much news of one object: where there is an event of the same reason it stands for this one too.
        if (_series.FirstOrDefault(s => s.Key.Uid == uid && s.Key.Type == occurrence.Identity.Type && s.Key.Reason == occurrence.Identity.Reason).Value is { } like)
        {
            like.Take(occurrence);
        }

        return false;
    }

    private EventsV1Event New(Occurrence occurrence)
    {
        // Events of cluster-scoped objects live in "default" by convention, but older servers accept them in "kube-system" alone.
        var ns = string.IsNullOrEmpty(occurrence.Regarding.Namespace) ? "kube-system" : occurrence.Regarding.Namespace;
        var suffix = Guid.NewGuid().ToString("N")[..16];
        var name = occurrence.Regarding.Name ?? "unknown";
        return new EventsV1Event
        {
            Metadata = new V1ObjectMeta { Namespace = ns, Name = $"{name[..Math.Min(name.Length, 200)].TrimEnd('.', '-')}.{suffix}" },
            EventTime = MicroTime.Text(occurrence.At),
            ReportingController = _controller,
            ReportingInstance = _instance,
            Action = occurrence.Action,
            Reason = occurrence.Identity.Reason,
            Regarding = occurrence.Regarding,
            Note = Cut(occurrence.Identity.Note),
            Type = occurrence.Identity.Type,
        };
    }

    private readonly record struct Identity(string Uid, string Type, string Reason, string Note);

    private sealed record Occurrence(Identity Identity, V1ObjectReference Regarding, string Action, DateTimeOffset At);

    private sealed class Series(ObjectKey key, Occurrence first)
    {
        public ObjectKey Key => key;

        public Occurrence Last { get; private set; } = first;

        public int Count { get; private set; } = 1;

        public int Unwritten { get; private set; }

        public DateTimeOffset WrittenAt { get; private set; } = first.At;

        public void Take(Occurrence occurrence)
        {
            Last = occurrence;
            Count++;
            Unwritten++;
        }

        public void Written(DateTimeOffset at)
        {
            WrittenAt = at;
            Unwritten = 0;
        }
    }

    private sealed class Allowance(double tokens, DateTimeOffset at)
    {
        private double _tokens = tokens;
        private DateTimeOffset _at = at;

        public double Refill(DateTimeOffset now, int most, TimeSpan each)
        {
            _tokens = each > TimeSpan.Zero ? Math.Min(most, _tokens + Math.Max(0, (now - _at) / each)) : most;
            _at = now;
            return _tokens;
        }

        public void Take() => _tokens--;
    }
}
