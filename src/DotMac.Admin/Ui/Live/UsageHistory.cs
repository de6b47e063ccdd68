using System.Collections.Concurrent;
using DotMac.Admin.Tenants;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Ui.Live;

/// <summary>
/// How plugins were used lately, as the watch told it: statuses hold only the newest numbers. Kept in memory, bounded, from the start of this process; the
/// exact history is in the plugins' own metrics.
/// </summary>
internal sealed class UsageHistory
{
    private const int MostSamples = 250_000;
    private const int MostOfOne = 240;
    private const int LeastOfOne = 20;

    private readonly ConcurrentDictionary<ObjectKey, Course> _courses = new();

    public UsageHistory(AdminCaches caches) => caches.Plugins.Subscribe(OnChange);

    /// <summary>What is known of a plugin, oldest first.</summary>
    public IReadOnlyList<UsageSample> Of(TenantPlugin plugin) =>
        _courses.TryGetValue(ObjectKey.Of(plugin), out var course) && course.Uid == plugin.Metadata.Uid ? course.Samples() : [];

    private static UsageSample? Sample(TenantPlugin plugin) => plugin.Status?.Metrics is { ObservedAt: { } at } metrics
        ? new UsageSample(at, metrics.ApiCalls ?? 0, metrics.ApiErrors ?? 0, Milliseconds(metrics.LatencyP50Milliseconds), Milliseconds(metrics.LatencyP95Milliseconds))
        : null;

    private static int? Milliseconds(long? value) => value is { } known ? (int)Math.Clamp(known, 0, int.MaxValue) : null;

    private void OnChange(InformerEvent<TenantPlugin> change)
    {
        var key = ObjectKey.Of(change.Object);
        if (change.Type == InformerEventType.Deleted)
        {
            _courses.TryRemove(key, out _);
            return;
        }

        if (Sample(change.Object) is not { } sample)
        {
            return;
        }

        var course = _courses.AddOrUpdate(
            key,
            static (_, uid) => new Course(uid),
            static (_, known, uid) => known.Uid == uid ? known : new Course(uid),
            change.Object.Metadata.Uid);
        course.Add(sample, Math.Clamp(MostSamples / Math.Max(1, _courses.Count), LeastOfOne, MostOfOne));
    }

    private sealed class Course(string? uid)
    {
        private readonly Queue<UsageSample> _samples = new();
        private DateTimeOffset _last;

        public string? Uid => uid;

        public void Add(UsageSample sample, int most)
        {
            lock (_samples)
            {
                // The same numbers come with each other change of the status.
                if (sample.At <= _last)
                {
                    return;
                }

                _last = sample.At;
                _samples.Enqueue(sample);
                while (_samples.Count > most)
                {
                    _samples.Dequeue();
                }
            }
        }

        public IReadOnlyList<UsageSample> Samples()
        {
            lock (_samples)
            {
                return [.. _samples];
            }
        }
    }
}
