using System.Collections.Immutable;
using DotMac.Admin.Tenants;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Listing;

/// <summary>What there is to list, always in order: entries of the catalog and what is installed of them. Kept up by the watches, so that no request sorts.</summary>
internal sealed class PluginOrder
{
    private readonly Lock _gate = new();
    private volatile ImmutableSortedSet<ListCursor> _places = [];

    /// <summary>Begins to listen.</summary>
    public PluginOrder(AdminCaches caches)
    {
        caches.Plugins.Subscribe(change => Change(Place(change.Object), change.Type));
        caches.Definitions.Subscribe(change => Change(new ListCursor(change.Object.Metadata.Name ?? string.Empty, string.Empty, string.Empty), change.Type));
    }

    /// <summary>The places, as of this moment.</summary>
    public ImmutableSortedSet<ListCursor> Places => _places;

    private static ListCursor Place(TenantPlugin plugin)
    {
        var key = ObjectKey.Of(plugin);
        return new ListCursor(plugin.Spec?.Plugin ?? string.Empty, key.Namespace, key.Name);
    }

    private void Change(ListCursor place, InformerEventType type)
    {
        if (type == InformerEventType.Updated)
        {
            return;
        }

        lock (_gate)
        {
            _places = type == InformerEventType.Deleted ? _places.Remove(place) : _places.Add(place);
        }
    }
}
