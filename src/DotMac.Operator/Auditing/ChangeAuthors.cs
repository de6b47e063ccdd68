using DotMac.Audit.Entries;
using DotMac.Kubernetes.Entities;
using DotMac.Operator.Desired;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Operator.Auditing;

/// <summary>
/// Remembers for a while who asked for a change of a plugin, by what the change makes of it. So many and no more, and where two asked for the
/// same, nobody: the webhook can be asked by whoever reaches it, and a wrong name is worse than none.
/// </summary>
/// <param name="clock">The time.</param>
internal sealed class ChangeAuthors(TimeProvider clock)
{
    private const int Most = 8192;
    private const string Deletion = "deletion";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<(ObjectKey Plugin, string Change), Entry> _entries = [];
    private readonly Queue<((ObjectKey Plugin, string Change) Key, DateTimeOffset Until)> _order = new();

    /// <summary>Remembers.</summary>
    /// <param name="plugin">Which plugin.</param>
    /// <param name="spec">What it is to become; null for its deletion.</param>
    /// <param name="author">Who asked for it.</param>
    public void Remember(ObjectKey plugin, TenantPluginSpec? spec, AuditActor author)
    {
        var key = (plugin, ChangeOf(spec));
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            while (_order.TryPeek(out var oldest) && (oldest.Until <= now || _order.Count >= Most))
            {
                _order.Dequeue();
                if (_entries.TryGetValue(oldest.Key, out var entry) && entry.Until == oldest.Until)
                {
                    _entries.Remove(oldest.Key);
                }
            }

            var known = _entries.TryGetValue(key, out var before) && before.Author != author ? null : author;
            _entries[key] = new Entry(known, now + Life);
            _order.Enqueue((key, now + Life));
        }
    }

    /// <summary>Who asked for what is there now; null when nobody knows.</summary>
    /// <param name="plugin">Which plugin.</param>
    /// <param name="spec">What it has become; null for its deletion.</param>
    public AuditActor? Of(ObjectKey plugin, TenantPluginSpec? spec)
    {
        lock (_lock)
        {
            return _entries.TryGetValue((plugin, ChangeOf(spec)), out var entry) && entry.Until > clock.GetUtcNow() ? entry.Author : null;
        }
    }

    private static string ChangeOf(TenantPluginSpec? spec) =>
        spec is null ? Deletion : Hashing.Of(System.Text.Encoding.UTF8.GetBytes(ResourceJson.Object(spec).ToJsonString()));

    private sealed record Entry(AuditActor? Author, DateTimeOffset Until);
}
