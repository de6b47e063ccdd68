using System.Security.Cryptography;
using DotMac.Admin.Callers;
using DotMac.Admin.Problems;
using DotMac.Admin.Requests;
using DotMac.Admin.Secrets;
using DotMac.Admin.Tenants;
using DotMac.Admin.Writing;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Validation;

namespace DotMac.Admin.Installing;

/// <summary>
/// Installs: first everything is asked, of Kubernetes too, then the secrets are kept, then the resource is made. What fails in the end takes its
/// secrets back.
/// </summary>
internal sealed class Installer(AdminCaches caches, CallerClients clients, ISecretStore secrets, ILogger<Installer> logger)
{
    /// <summary>The name under which fields are managed.</summary>
    public const string FieldManager = "dotmac-admin";

    /// <summary>Installs, or only asks whether that could be.</summary>
    /// <param name="caller">For whom.</param>
    /// <param name="request">What.</param>
    /// <param name="ns">The tenant's namespace.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="idempotencyKey">By which a repetition is known; null when there is none.</param>
    /// <param name="place">Where its secrets are kept, of <see cref="NewPlace"/>; null for a place of its own.</param>
    /// <param name="cancellationToken">Gives up, as long as nothing is begun.</param>
    /// <exception cref="ProblemException">It cannot be installed.</exception>
    public async Task<(TenantPlugin Plugin, IReadOnlyList<string> Warnings)> InstallAsync(
        Caller caller, InstallRequest request, string ns, string tenant, string? idempotencyKey, string? place, CancellationToken cancellationToken)
    {
        var definition = caches.Definition(request.PluginId) ?? throw Unknown(request.PluginId);
        place ??= NewPlace(request);
        var plan = InstallPlan.Of(request, ns, definition, caches.ViewOf(ns), place);
        if (plan.Errors.Count > 0)
        {
            throw Refuse.Invalid(plan.Errors);
        }

        RequireStore(plan.Secrets.Count, secrets);
        if (idempotencyKey is not null)
        {
            plan.Plugin.Metadata.Annotations = new Dictionary<string, string> { [Annotations.IdempotencyKey] = idempotencyKey };
        }

        var resource = clients.As(caller.RevealToken()).Resource<TenantPlugin>();
        try
        {
            var asked = await resource.CreateAsync(plan.Plugin, new WriteOptions { DryRun = true, FieldManager = FieldManager }, cancellationToken);
            if (request.DryRun == true)
            {
                return (asked, plan.Warnings);
            }
        }
        catch (ApiException e)
        {
            if (e.IsAlreadyExists && idempotencyKey is not null && await ExistingAsync(resource, plan.Plugin, idempotencyKey, cancellationToken) is { } existing)
            {
                return (existing, plan.Warnings);
            }

            throw ApiRefusal.Of(e, isConditional: false, Views.PluginViews.SchemaOf(plan.Plugin, definition));
        }

        // From here on it is brought to its end.
        using var deadline = new CancellationTokenSource(WriteDeadline.One);
        var kept = plan.Secrets.Count > 0 ? await secrets.WriteAsync(tenant, place, plan.Secrets, deadline.Token) : null;
        var made = await MakeAsync(resource, plan.Plugin, kept, Views.PluginViews.SchemaOf(plan.Plugin, definition));
        caches.Plugins.Announce(made);
        logger.LogInformation("{Caller} installed {Plugin} as {Namespace}/{Name}", caller.Name, plan.Plugin.Spec.Plugin, ns, plan.Plugin.Metadata.Name);
        return (made, plan.Warnings);
    }

    /// <summary>A place for the secrets of a request where nothing is yet, as references name it.</summary>
    public static string NewPlace(InstallRequest request) => $"{InstallPlan.NameOf(request)}/{RandomNumberGenerator.GetHexString(10, lowercase: true)}";

    /// <summary>Refuses secrets where there is nothing to keep them in.</summary>
    public static void RequireStore(int count, ISecretStore secrets)
    {
        if (count > 0 && !secrets.IsAvailable)
        {
            throw Refuse.Invalid(new FieldError(
                Config.ConfigPlan.Place,
                "holds a secret, and this service has no Vault to keep it in; write a reference in its place, ${vault:path/key} or ${secret:name/key}, or have the service started with --vault-address"));
        }
    }

    private ProblemException Unknown(string? id)
    {
        var closest = ClosestMatch.Of(id ?? string.Empty, caches.Definitions.Store.List().Select(static d => d.Metadata.Name ?? string.Empty));
        return Refuse.Invalid(new FieldError(
            "/plugin_id",
            string.IsNullOrEmpty(id) ? "is required; GET /api/admin/plugins lists the catalog" : $"is not in the catalog{(closest is null ? string.Empty : $"; did you mean {closest}?")} GET /api/admin/plugins lists it"));
    }

    private async Task<TenantPlugin> MakeAsync(IResource<TenantPlugin> resource, TenantPlugin plugin, StoredSecret? kept, System.Text.Json.JsonElement? schema)
    {
        using var deadline = new CancellationTokenSource(WriteDeadline.One);
        try
        {
            return await resource.CreateAsync(plugin, new WriteOptions { FieldManager = FieldManager }, deadline.Token);
        }
        catch (ApiException e)
        {
            if (kept is not null)
            {
                await secrets.TakeBackAsync(kept, deadline.Token);
            }

            throw ApiRefusal.Of(e, isConditional: false, schema);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException or OperationCanceledException)
        {
            // It may have been made all the same, and would then need its secrets.
            throw Refuse.Unavailable("the API server did not answer in time whether it was installed; look it up in a moment, and install it again if it is not there");
        }
    }

    private static async Task<TenantPlugin?> ExistingAsync(IResource<TenantPlugin> resource, TenantPlugin wanted, string idempotencyKey, CancellationToken cancellationToken)
    {
        var existing = await resource.GetAsync(ObjectKey.Of(wanted), cancellationToken);
        return existing?.Metadata.Annotations?.TryGetValue(Annotations.IdempotencyKey, out var key) == true && key == idempotencyKey ? existing : null;
    }
}
