using System.Globalization;
using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Informers;

/// <summary>The objects that an informer knows, by key and by index.</summary>
internal sealed class ObjectStore<T> : IObjectStore<T>
    where T : class, IKubernetesEntity
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectKey, T> _objects = [];
    private readonly Dictionary<string, Index> _indexes = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _objects.Count;
            }
        }
    }

    /// <summary>
    /// Whether a version comes before another one of the same server. Versions are numbers of etcd's log; where they are not, the
    /// answer is no.
    /// </summary>
    public static bool IsOlder(string? version, string? than) =>
        ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var left)
        && ulong.TryParse(than, NumberStyles.None, CultureInfo.InvariantCulture, out var right)
        && left < right;

    public void AddIndex(string name, Func<T, IEnumerable<string>> values)
    {
        lock (_gate)
        {
            var index = new Index(values);
            foreach (var (key, value) in _objects)
            {
                index.Add(key, value);
            }

            _indexes.Add(name, index);
        }
    }

    public T? Get(ObjectKey key)
    {
        lock (_gate)
        {
            return _objects.GetValueOrDefault(key);
        }
    }

    public IReadOnlyList<T> List()
    {
        lock (_gate)
        {
            return [.. _objects.Values];
        }
    }

    public IReadOnlyList<ObjectKey> Keys()
    {
        lock (_gate)
        {
            return [.. _objects.Keys];
        }
    }

    public IReadOnlyList<T> ByIndex(string index, string value)
    {
        lock (_gate)
        {
            if (!_indexes.TryGetValue(index, out var entries))
            {
                throw new ArgumentException($"there is no index '{index}' of {typeof(T).Name}", nameof(index));
            }

            return [.. entries.Find(value).Select(key => _objects[key])];
        }
    }

    public T? Set(ObjectKey key, T value)
    {
        lock (_gate)
        {
            if (_objects.TryGetValue(key, out var previous))
            {
                foreach (var index in _indexes.Values)
                {
                    index.Remove(key, previous);
                }
            }

            _objects[key] = value;
            foreach (var index in _indexes.Values)
            {
                index.Add(key, value);
            }

            return previous;
        }
    }

    public T? Remove(ObjectKey key)
    {
        lock (_gate)
        {
            if (_objects.Remove(key, out var previous))
            {
                foreach (var index in _indexes.Values)
                {
                    index.Remove(key, previous);
                }
            }

            return previous;
        }
    }

    private sealed class Index(Func<T, IEnumerable<string>> values)
    {
        private readonly Dictionary<string, HashSet<ObjectKey>> _entries = new(StringComparer.Ordinal);

        public IReadOnlyCollection<ObjectKey> Find(string value) => _entries.TryGetValue(value, out var keys) ? keys : [];

        public void Add(ObjectKey key, T value)
        {
            foreach (var entry in values(value))
            {
                if (!_entries.TryGetValue(entry, out var keys))
                {
                    _entries[entry] = keys = [];
                }

                keys.Add(key);
            }
        }

        public void Remove(ObjectKey key, T value)
        {
            foreach (var entry in values(value))
            {
                if (_entries.TryGetValue(entry, out var keys) && keys.Remove(key) && keys.Count == 0)
                {
                    _entries.Remove(entry);
                }
            }
        }
    }
}
