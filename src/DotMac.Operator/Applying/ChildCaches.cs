using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Desired;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Applying;

/// <summary>
/// What is there of each kind of child. Every object of a kind is watched, not only ours, because one of ours must not be made where
/// another stands; of others nothing but the name is kept.
/// </summary>
internal sealed class ChildCaches
{
    private readonly Dictionary<EntityType, SharedInformer<Unstructured>> _informers;

    /// <summary>The caches.</summary>
    /// <param name="factory">Where informers come from.</param>
    /// <param name="kinds">The kinds that this server serves.</param>
    public ChildCaches(SharedInformerFactory factory, IEnumerable<EntityType> kinds) =>
        _informers = kinds.ToDictionary(
            static kind => kind,
            kind => factory.Get(kind, new InformerOptions<Unstructured> { Transform = Slim }));

    /// <summary>The informers, for a controller to watch.</summary>
    public IEnumerable<SharedInformer<Unstructured>> Informers => _informers.Values;

    /// <summary>Whether a kind is served.</summary>
    public bool Serves(EntityType kind) => _informers.ContainsKey(kind);

    /// <summary>The first of several homes of a kind that is served; null when none is.</summary>
    public EntityType? FirstServed(params ReadOnlySpan<EntityType> kinds)
    {
        foreach (var kind in kinds)
        {
            if (Serves(kind))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>The object of this kind and name; null when there is none.</summary>
    public Unstructured? Get(EntityType kind, ObjectKey key) => _informers.TryGetValue(kind, out var informer) ? informer.Store.Get(key) : null;

    /// <summary>The object of this kind that the plugin has become; null when there is none, or another's of its name.</summary>
    public Unstructured? GetOwned(EntityType kind, TenantPlugin owner) =>
        Get(kind, ObjectKey.Of(owner)) is { } live && IsOwned(live, owner) ? live : null;

    /// <summary>Whether an object is the plugin's.</summary>
    public static bool IsOwned(Unstructured live, TenantPlugin owner) =>
        live.Metadata.OwnerReferences?.Any(reference => reference.Uid == owner.Metadata.Uid) == true;

    /// <summary>Hands in the answer to a write.</summary>
    public void Observe(EntityType kind, Unstructured written) => _informers[kind].Observe(written);

    private static Unstructured Slim(Unstructured item)
    {
        // By owner rather than by label: labels may be edited away, and what is ours stays ours.
        if (item.Metadata.OwnerReferences?.Any(static o => o.Kind == ResourceNames.TenantPluginKind) == true
            || (item.Metadata.Labels?.TryGetValue(ChildMetadata.ManagedBy, out var manager) == true && manager == ResourceNames.FieldManager))
        {
            return item;
        }

        return new Unstructured
        {
            ApiVersion = item.ApiVersion,
            Kind = item.Kind,
            Metadata = new V1ObjectMeta
            {
                Name = item.Metadata.Name,
                Namespace = item.Metadata.Namespace,
                Uid = item.Metadata.Uid,
                ResourceVersion = item.Metadata.ResourceVersion,
            },
        };
    }
}
