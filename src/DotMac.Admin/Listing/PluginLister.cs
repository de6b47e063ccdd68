using System.Collections.Immutable;
using DotMac.Admin.Views;
using DotMac.Kubernetes.Entities;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Listing;

/// <summary>Makes a page of the catalog with what is installed of it. Pure.</summary>
/// <param name="definitions">Finds an entry of the catalog.</param>
/// <param name="plugins">Finds an installed plugin.</param>
/// <param name="tenants">Tells the tenant of a namespace; null when it is none's, or not to be seen.</param>
internal sealed class PluginLister(Func<string, PluginDefinition?> definitions, Func<ObjectKey, TenantPlugin?> plugins, Func<string, string?> tenants)
{
    /// <summary>Makes it.</summary>
    /// <param name="places">All there is, in order.</param>
    /// <param name="query">What is asked for.</param>
    public PluginPage Page(ImmutableSortedSet<ListCursor> places, ListQuery query)
    {
        var entries = new List<PluginEntry>();
        var (head, installations, used) = (new Head(null, null, false), new List<Installation>(), 0);
        ListCursor? last = null;
        void Close()
        {
            if (head.Id is { } id && (installations.Count > 0 || (head.IsShownBare && !head.HasInstalled)))
            {
                entries.Add(PluginViews.Entry(id, head.Definition, [.. installations]));
                used += installations.Count == 0 ? 1 : 0;
            }

            installations.Clear();
        }

        for (var i = First(places, query.After); i < places.Count; i++)
        {
            var place = places[i];
            if (place.Plugin != head.Id)
            {
                Close();
                if (used >= query.Limit)
                {
                    return new PluginPage(entries, last?.ToString());
                }

                head = Begin(place, query);
            }

            if (place.Name.Length > 0 && Installed(place, query, head) is { } installation)
            {
                if (used >= query.Limit)
                {
                    Close();
                    return new PluginPage(entries, last?.ToString());
                }

                installations.Add(installation);
                used++;
            }

            last = place;
        }

        Close();
        return new PluginPage(entries, null);
    }

    // What the page before ended with may be gone: the place behind it is where this one begins.
    private static int First(ImmutableSortedSet<ListCursor> places, ListCursor? after)
    {
        if (after is null)
        {
            return 0;
        }

        var at = places.IndexOf(after);
        return at >= 0 ? at + 1 : ~at;
    }

    private Head Begin(ListCursor place, ListQuery query)
    {
        var definition = definitions(place.Plugin);
        var fits = query.Category is null || PluginViews.Category(definition) == query.Category;

        // An entry that goes on from the page before is not one of which nothing is installed.
        var isBeginning = place.Name.Length == 0;
        return new Head(place.Plugin, definition, fits)
        {
            IsShownBare = fits && definition is not null && isBeginning && query.State is null && Matches(query.Search, place.Plugin, definition),
        };
    }

    private Installation? Installed(ListCursor place, ListQuery query, Head head)
    {
        if (!head.Fits || tenants(place.Namespace) is not { } tenant || (query.Tenant is not null && query.Tenant != tenant)
            || plugins(new ObjectKey(place.Namespace, place.Name)) is not { } plugin || plugin.Spec?.Plugin != place.Plugin)
        {
            return null;
        }

        head.HasInstalled = true;
        if (query.NotInstalled || (query.State is { } state && PluginViews.StateOf(plugin) != state))
        {
            return null;
        }

        return Matches(query.Search, place.Plugin, head.Definition) || Holds(place.Name, query.Search!) || Holds(tenant, query.Search!) ? PluginViews.Line(plugin, tenant) : null;
    }

    private static bool Matches(string? search, string id, PluginDefinition? definition) =>
        string.IsNullOrEmpty(search) || Holds(id, search) || Holds(definition?.Spec?.DisplayName, search) || Holds(definition?.Spec?.Description, search);

    private static bool Holds(string? text, string search) => text?.Contains(search, StringComparison.OrdinalIgnoreCase) == true;

    // The entry that is being listed.
    private sealed record Head(string? Id, PluginDefinition? Definition, bool Fits)
    {
        // Whether it is listed where nothing is installed of it.
        public bool IsShownBare { get; init; }

        // Whether something is installed of it, so far as the query's tenant goes.
        public bool HasInstalled { get; set; }
    }
}
