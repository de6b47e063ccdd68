using System.Globalization;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Fixture;

/// <summary>
/// A subscriber that believes nothing: every object is added before it is updated or deleted, its versions only grow, across deletions
/// too, and what is said to have been before was before.
/// </summary>
internal sealed class History<T>
    where T : class, IKubernetesEntity
{
    private const int MostViolations = 20;

    private readonly Lock _gate = new();
    private readonly List<Change> _told = [];
    private readonly Dictionary<ObjectKey, (string Uid, ulong Version)> _known = [];
    private readonly Dictionary<ObjectKey, ulong> _last = [];
    private readonly List<string> _violations = [];
    private long _count;

    /// <summary>Whether what was told is kept; a soak would fill the memory with it.</summary>
    public bool Keeps { get; init; } = true;

    /// <summary>How often it was told something.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>What it was told, oldest first.</summary>
    public IReadOnlyList<Change> Told
    {
        get
        {
            lock (_gate)
            {
                return [.. _told];
            }
        }
    }

    /// <summary>What cannot have been.</summary>
    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_gate)
            {
                return [.. _violations];
            }
        }
    }

    /// <summary>The objects that must be there, after all that was told, with their versions.</summary>
    public IReadOnlyDictionary<ObjectKey, string> Present
    {
        get
        {
            lock (_gate)
            {
                return _known.ToDictionary(static k => k.Key, static k => k.Value.Version.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>The handler.</summary>
    public void Tell(InformerEvent<T> change)
    {
        var key = ObjectKey.Of(change.Object);
        var version = Number(change.Object);
        var uid = change.Object.Metadata.Uid ?? string.Empty;
        Interlocked.Increment(ref _count);
        lock (_gate)
        {
            var known = _known.TryGetValue(key, out var before);
            var last = _last.GetValueOrDefault(key);
            switch (change.Type)
            {
                case InformerEventType.Added:
                    Check(!known, change, $"is known as {before.Version}");
                    Check(version > last, change, $"is not newer than {last}");
                    Check(change.Previous is null, change, "has a previous state");
                    _known[key] = (uid, version);
                    break;
                case InformerEventType.Updated:
                    Check(known, change, "is not known");
                    Check(version > last, change, $"is not newer than {last}");
                    Check(uid == before.Uid, change, "is another object");
                    Check(change.Previous is { } previous && Number(previous) == before.Version, change, $"was {before.Version} before");
                    _known[key] = (uid, version);
                    break;
                default:
                    Check(known, change, "is not known");
                    Check(version >= last, change, $"is older than {last}");
                    _known.Remove(key);
                    break;
            }

            _last[key] = version;
            if (Keeps)
            {
                _told.Add(new Change(
                    change.Type, key, change.Type == InformerEventType.Deleted ? null : change.Object.Metadata.ResourceVersion));
            }
        }
    }

    private static ulong Number(T item) => ulong.Parse(item.Metadata.ResourceVersion!, CultureInfo.InvariantCulture);

    private void Check(bool condition, in InformerEvent<T> change, string but)
    {
        if (!condition && _violations.Count < MostViolations)
        {
            _violations.Add($"{change.Type} {change.Object.Metadata.Name} {change.Object.Metadata.ResourceVersion}, but it {but}");
        }
    }
}
