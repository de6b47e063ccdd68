using DotMac.Admin.Access;
using DotMac.Admin.Callers;
using DotMac.Admin.Problems;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Tenants;

/// <summary>
/// Finds what a request is about, among what its caller may see. The id of a path is the name of a TenantPlugin, or where none has it, that of the
/// entry of the catalog that is installed; without a tenant it must be unambiguous.
/// </summary>
internal sealed class PluginLocator(AdminCaches caches, AccessGuard guard)
{
    private const int MostListed = 10;

    /// <summary>Finds an installed plugin and asks for the right to do something with it.</summary>
    /// <exception cref="ProblemException">There is none, several, or no such right.</exception>
    public async ValueTask<Target> FindAsync(Caller caller, string id, string? tenant, string verb, CancellationToken cancellationToken)
    {
        var found = string.IsNullOrEmpty(tenant)
            ? await AnywhereAsync(caller, id, cancellationToken)
            : await InTenantAsync(caller, id, tenant, cancellationToken);
        if (verb is not (Verbs.Get or Verbs.List))
        {
            await guard.RequireAsync(caller, verb, found.Key.Namespace, found.Key.Name, cancellationToken);
        }

        return found;
    }

    /// <summary>Finds the namespace of a tenant, for something new, and asks for the right to make it.</summary>
    /// <exception cref="ProblemException">There is none, several, or no such right.</exception>
    public async ValueTask<(string Namespace, string Tenant)> TenantAsync(Caller caller, string? tenant, string verb, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(tenant))
        {
            var seen = await guard.VisibleAsync(caller, cancellationToken);
            var all = caches.Namespaces.Store.List().Where(ns => seen?.Contains(ns.Metadata.Name!) != false).ToList();
            if (all.Count != 1)
            {
                throw all.Count == 0
                    ? Refuse.Forbidden($"{caller.Name} may see no tenant's plugins. Ask for the role view, edit or admin in a tenant's namespace")
                    : Refuse.Invalid(new FieldError("/tenant_id", $"is required, for {caller.Name} may see several tenants: {Names(all.Select(ns => caches.TenantOf(ns.Metadata.Name)!))}"));
            }

            await guard.RequireAsync(caller, verb, all[0].Metadata.Name!, null, cancellationToken);
            return (all[0].Metadata.Name!, caches.TenantOf(all[0].Metadata.Name)!);
        }

        var namespaces = await SeenAsync(caller, tenant, verb, cancellationToken);
        if (namespaces.Count > 1)
        {
            throw Refuse.Ambiguous($"tenant {tenant} has several namespaces: {Names(namespaces.Select(static ns => ns.Metadata.Name!))}; only one of them may carry its label for this to be done over HTTP");
        }

        var name = namespaces.Count == 1 ? namespaces[0].Metadata.Name! : throw NoTenant(tenant);
        await guard.RequireAsync(caller, verb, name, null, cancellationToken);
        return (name, tenant);
    }

    /// <summary>The answer to a tenant that is not there, or that the caller may not see.</summary>
    public static ProblemException NoTenant(string tenant) => Refuse.NotFound($"there is no tenant {Shown(tenant)}, or you may not see it; GET /api/admin/tenants lists those that you may");

    private static ProblemException NotInstalled(string id, string? tenant) => Refuse.NotFound(
        $"there is no plugin {Shown(id)} installed{(tenant is null ? string.Empty : $" for tenant {Shown(tenant)}")}, or you may not see it; GET /api/admin/plugins lists what there is");

    private async ValueTask<Target> AnywhereAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var visible = await guard.VisibleAsync(caller, cancellationToken);
        bool Seen(TenantPlugin plugin) => visible?.Contains(plugin.Metadata.Namespace!) != false && caches.TenantOf(plugin.Metadata.Namespace) is not null;
        var found = Pick(caches.PluginsNamed(id).Where(Seen), caches.InstallationsOf(id).Where(Seen));
        return found.Count switch
        {
            0 => throw NotInstalled(id, null),
            1 => new Target(found[0], caches.TenantOf(found[0].Metadata.Namespace)!),
            _ => throw Refuse.Ambiguous(Several(id, found)),
        };
    }

    private async ValueTask<Target> InTenantAsync(Caller caller, string id, string tenant, CancellationToken cancellationToken)
    {
        var found = new List<TenantPlugin>();
        foreach (var ns in caches.NamespacesOf(tenant))
        {
            var plugins = caches.PluginsOf(ns.Metadata.Name!);
            foreach (var plugin in Pick(plugins.Where(p => p.Metadata.Name == id), plugins.Where(p => p.Spec?.Plugin == id)))
            {
                if (await guard.SeesAsync(caller, ns.Metadata.Name!, plugin.Metadata.Name, cancellationToken))
                {
                    found.Add(plugin);
                }
            }
        }

        return found.Count switch
        {
            0 => throw NotInstalled(id, tenant),
            1 => new Target(found[0], tenant),
            _ => throw Refuse.Ambiguous(Several(id, found)),
        };
    }

    private async ValueTask<List<V1Namespace>> SeenAsync(Caller caller, string tenant, string verb, CancellationToken cancellationToken)
    {
        var seen = new List<V1Namespace>();
        foreach (var ns in caches.NamespacesOf(tenant))
        {
            // Who may only make something new somewhere need not be able to list it.
            if (await guard.SeesAsync(caller, ns.Metadata.Name!, null, cancellationToken) || await guard.MayAsync(caller, verb, ns.Metadata.Name!, cancellationToken))
            {
                seen.Add(ns);
            }
        }

        return seen;
    }

    private static IReadOnlyList<TenantPlugin> Pick(IEnumerable<TenantPlugin> named, IEnumerable<TenantPlugin> installed)
    {
        var first = named.ToList();
        return first.Count > 0 ? first : [.. installed];
    }

    private string Several(string id, IReadOnlyList<TenantPlugin> found)
    {
        var tenants = found.Select(plugin => caches.TenantOf(plugin.Metadata.Namespace)!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return tenants.Count > 1
            ? $"{id} is installed for several tenants ({Names(tenants)}); add ?tenant_id="
            : $"{id} is installed several times ({Names(found.Select(static plugin => plugin.Metadata.Name!))}); write one of these names in its place";
    }

    private static string Names(IEnumerable<string> names)
    {
        var all = names.Order(StringComparer.Ordinal).ToList();
        return all.Count > MostListed ? $"{string.Join(", ", all.Take(MostListed))} and {all.Count - MostListed} more" : string.Join(", ", all);
    }

    // What came with the request is given back so far as it can be a name.
    private static string Shown(string name) => name.Length <= 63 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') ? name : "of that name";
}
