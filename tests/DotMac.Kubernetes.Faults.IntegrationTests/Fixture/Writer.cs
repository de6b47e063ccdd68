using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Fixture;

/// <summary>Changes the ConfigMaps of a namespace, directly at the server, and keeps a journal of what it did. One change at a time.</summary>
internal sealed class Writer(IResource<V1ConfigMap> maps, string ns)
{
    /// <summary>Every object carries it, with the value <c>a</c> or <c>b</c>.</summary>
    public const string Label = "team";

    private readonly Lock _gate = new();
    private readonly List<Change> _journal = [];
    private readonly HashSet<ObjectKey> _present = [];
    private int _changes;

    /// <summary>How many changes there were.</summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <summary>Whether the journal is kept; a soak would fill the memory with it.</summary>
    public bool Keeps { get; init; } = true;

    /// <summary>What it did, oldest first.</summary>
    public IReadOnlyList<Change> Journal
    {
        get
        {
            lock (_gate)
            {
                return [.. _journal];
            }
        }
    }

    /// <summary>Makes an object, or changes it when it is there.</summary>
    /// <returns>Its version.</returns>
    public async Task<string> PutAsync(string name, CancellationToken cancellationToken = default)
    {
        var key = new ObjectKey(ns, name);
        var count = (Changes + 1).ToString(CultureInfo.InvariantCulture);
        if (_present.Contains(key))
        {
            var patched = await maps.PatchAsync(key, JsonNode.Parse($$$"""{"data":{"n":"{{{count}}}"}}""")!, null, cancellationToken);
            Did(new Change(InformerEventType.Updated, key, patched.Metadata.ResourceVersion));
            return patched.Metadata.ResourceVersion!;
        }

        var created = await maps.CreateAsync(
            new V1ConfigMap
            {
                Metadata = new V1ObjectMeta
                {
                    Namespace = ns,
                    Name = name,
                    Labels = new Dictionary<string, string> { [Label] = "a" },
                },
                Data = new Dictionary<string, string> { ["n"] = count },
            },
            cancellationToken);
        _present.Add(key);
        Did(new Change(InformerEventType.Added, key, created.Metadata.ResourceVersion));
        return created.Metadata.ResourceVersion!;
    }

    /// <summary>Gives an object's label another value.</summary>
    public async Task LabelAsync(string name, string value, CancellationToken cancellationToken = default)
    {
        var key = new ObjectKey(ns, name);
        var patched = await maps.PatchAsync(key, JsonNode.Parse($$$"""{ "metadata": { "labels": { "{{{Label}}}": "{{{value}}}" } } }""")!, null, cancellationToken);
        Did(new Change(InformerEventType.Updated, key, patched.Metadata.ResourceVersion));
    }

    /// <summary>Deletes an object, when it is there.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        var key = new ObjectKey(ns, name);
        if (_present.Remove(key))
        {
            await maps.DeleteAsync(key, null, cancellationToken);
            Did(new Change(InformerEventType.Deleted, key, null));
        }
    }

    private void Did(Change change)
    {
        lock (_gate)
        {
            if (Keeps)
            {
                _journal.Add(change);
            }
        }

        Interlocked.Increment(ref _changes);
    }
}
