using System.Security.Cryptography;
using DotMac.Admin.Callers;
using DotMac.Admin.Config;
using DotMac.Admin.Installing;
using DotMac.Admin.Problems;
using DotMac.Admin.Requests;
using DotMac.Admin.Secrets;
using DotMac.Admin.Tenants;
using DotMac.Admin.Views;
using DotMac.Admin.Writing;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Admission;

namespace DotMac.Admin.Configuring;

/// <summary>Configures an installed plugin: everything is asked first, then secrets are kept, then it is written. What fails in the end takes its secrets back.</summary>
internal sealed class Configurer(AdminCaches caches, PluginWriter writer, ISecretStore secrets)
{
    /// <summary>Configures one, or only asks whether that could be.</summary>
    /// <param name="caller">For whom.</param>
    /// <param name="target">Which.</param>
    /// <param name="request">How.</param>
    /// <param name="condition">The resourceVersion that it must have; null for any.</param>
    /// <param name="cancellationToken">Gives up, as long as nothing is begun.</param>
    /// <exception cref="ProblemException">It cannot be configured so.</exception>
    public async Task<ConfigOutcome> ConfigureAsync(Caller caller, Target target, ConfigRequest request, string? condition, CancellationToken cancellationToken)
    {
        var place = $"{target.Key.Name}/{RandomNumberGenerator.GetHexString(10, lowercase: true)}";
        var definition = caches.Definition(target.Plugin.Spec?.Plugin);
        var config = ConfigPlan.Of(request.ConfigData, PluginViews.SchemaOf(target.Plugin, definition), place);
        if (request.ConfigData is null && request.Security is null)
        {
            throw Refuse.Invalid(new FieldError(ConfigPlan.Place, "is required; send the whole configuration, or security alone"));
        }

        var verdict = Check(target.Plugin, request, config, definition);
        Installer.RequireStore(config.Secrets.Count, secrets);

        // Kubernetes is asked before anything is kept.
        var (asked, changed) = await writer.PatchAsync(caller, target, plugin => Intent(plugin, request, config), condition, dryRun: true, cancellationToken);
        if (request.DryRun == true || !changed)
        {
            return new ConfigOutcome(asked, changed, verdict.Warnings);
        }

        using var deadline = new CancellationTokenSource(WriteDeadline.One * 2);
        var kept = config.Secrets.Count > 0 ? await secrets.WriteAsync(target.Tenant, place, config.Secrets, deadline.Token) : null;
        try
        {
            var (written, _) = await writer.PatchAsync(caller, target, plugin => Intent(plugin, request, config), condition, dryRun: false, deadline.Token);
            return new ConfigOutcome(written, true, verdict.Warnings);
        }
        catch (ProblemException e) when (kept is not null && e.Problem.Status < 500)
        {
            await secrets.TakeBackAsync(kept, deadline.Token);
            throw;
        }
    }

    private AdmissionVerdict Check(TenantPlugin before, ConfigRequest request, ConfigPlan config, PluginDefinition? definition)
    {
        var errors = new List<FieldError>(config.Errors);
        var after = Intents.Copy(before);
        Apply(after, request, config, errors);
        var schema = PluginViews.SchemaOf(before, definition);
        var verdict = TenantPluginAdmission.OfWrite(before, after, definition, caches.ViewOf(before.Metadata.Namespace ?? string.Empty));
        errors.AddRange(verdict.Errors.Select(error => RequestPointers.Of(error, schema)).Where(error => !errors.Exists(known => known.Pointer == error.Pointer)));
        return errors.Count == 0 ? verdict : throw Refuse.Invalid(errors);
    }

    private static System.Text.Json.Nodes.JsonObject? Intent(TenantPlugin plugin, ConfigRequest request, ConfigPlan config)
    {
        var wanted = Intents.Copy(plugin);
        Apply(wanted, request, config, []);
        return Intents.Replace(plugin, wanted.Spec);
    }

    private static void Apply(TenantPlugin plugin, ConfigRequest request, ConfigPlan config, List<FieldError> errors)
    {
        if (request.ConfigData is not null)
        {
            plugin.Spec.Config = config.Config;
        }

        SecurityMap.Write(request.Security, plugin.Spec, errors);
    }
}
