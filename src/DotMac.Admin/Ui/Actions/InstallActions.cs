using DotMac.Admin.Access;
using DotMac.Admin.Installing;
using DotMac.Admin.Problems;
using DotMac.Admin.Requests;
using DotMac.Admin.Tenants;
using DotMac.Admin.Ui.Manifests;
using DotMac.Admin.Ui.Sessions;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Ui.Actions;

/// <summary>What the wizard does: finds where may be installed, asks whether it could be, and installs.</summary>
internal sealed class InstallActions(Viewer viewer, AccessGuard guard, AdminCaches caches, PluginLocator locator, Installer installer)
{
    /// <summary>The tenants for which the viewer may install, with their namespaces, in order.</summary>
    public async Task<IReadOnlyList<(string Tenant, string Namespace)>> TenantsAsync()
    {
        var caller = await viewer.CallerAsync();
        var visible = await guard.VisibleAsync(caller, CancellationToken.None);
        var found = new List<(string, string)>();
        var mayEverywhere = visible is null && await guard.MayAsync(caller, Verbs.Create, string.Empty, CancellationToken.None);
        foreach (var ns in caches.Namespaces.Store.List())
        {
            var name = ns.Metadata.Name ?? string.Empty;
            if (visible?.Contains(name) != false && caches.TenantOf(name) is { } tenant && (mayEverywhere || await guard.MayAsync(caller, Verbs.Create, name, CancellationToken.None)))
            {
                found.Add((tenant, name));
            }
        }

        return [.. found.OrderBy(static t => t.Item1, StringComparer.Ordinal).ThenBy(static t => t.Item2, StringComparer.Ordinal)];
    }

    /// <summary>Asks, of Kubernetes too, whether it could be installed.</summary>
    /// <param name="request">What.</param>
    /// <param name="place">Where its secrets would be kept.</param>
    /// <returns>What would be stored, its secrets as references, and what should be known.</returns>
    /// <exception cref="ProblemException">It cannot.</exception>
    public async Task<(string Manifest, IReadOnlyList<string> Warnings)> CheckAsync(InstallRequest request, string place)
    {
        var (plugin, warnings) = await InstallAsync(request with { DryRun = true }, null, place);
        return (ManifestYaml.Of(plugin), warnings);
    }

    /// <summary>Installs.</summary>
    /// <param name="request">What.</param>
    /// <param name="key">By which a second press of the button is known for one.</param>
    /// <param name="place">Where its secrets are kept: where nothing was kept yet.</param>
    /// <exception cref="ProblemException">It cannot be installed.</exception>
    public async Task<(TenantPlugin Plugin, IReadOnlyList<string> Warnings)> InstallAsync(InstallRequest request, string? key, string place)
    {
        var caller = await viewer.ActAsync();
        var (ns, tenant) = await locator.TenantAsync(caller, request.TenantId, Verbs.Create, CancellationToken.None);
        return await installer.InstallAsync(caller, request, ns, tenant, key, place, CancellationToken.None);
    }
}
