using DotMac.Admin.Config;
using DotMac.Admin.Problems;
using DotMac.Admin.Requests;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Admission;
using DotMac.Plugins.Resources.Versions;
using DotMac.Vault.Secrets;

namespace DotMac.Admin.Installing;

/// <summary>What a request to install comes to. Pure.</summary>
/// <param name="Plugin">The resource to make; its secrets are references already.</param>
/// <param name="Secrets">The secrets to keep at the place that it refers to, by their keys.</param>
/// <param name="Errors">What is wrong; empty when it can be made.</param>
/// <param name="Warnings">What should be known all the same.</param>
internal sealed record InstallPlan(TenantPlugin Plugin, IReadOnlyDictionary<string, SecretValue> Secrets, IReadOnlyList<FieldError> Errors, IReadOnlyList<string> Warnings)
{
    /// <summary>Makes it.</summary>
    /// <param name="request">The request; its <c>plugin_id</c> is there.</param>
    /// <param name="ns">The tenant's namespace.</param>
    /// <param name="definition">The entry of the catalog.</param>
    /// <param name="tenant">What else the tenant has.</param>
    /// <param name="path">Where secrets will be, as references name it.</param>
    public static InstallPlan Of(InstallRequest request, string ns, PluginDefinition definition, TenantView tenant, string path)
    {
        var schema = VersionResolver.Resolve(request.Version, definition).Version?.ConfigSchema;
        var config = ConfigPlan.Of(request.ConfigData, schema, path);
        var errors = new List<FieldError>(config.Errors);
        var spec = new TenantPluginSpec { Plugin = request.PluginId, Version = Given(request.Version), Enabled = request.Enabled, Config = config.Config };
        SecurityMap.Write(request.Security, spec, errors);
        var plugin = new TenantPlugin { Metadata = new V1ObjectMeta { Name = NameOf(request), Namespace = ns }, Spec = spec };
        var verdict = TenantPluginAdmission.OfWrite(null, plugin, definition, tenant);
        errors.AddRange(verdict.Errors.Select(error => RequestPointers.Of(error, schema)).Where(error => !errors.Exists(known => known.Pointer == error.Pointer)));
        return new InstallPlan(plugin, config.Secrets, errors, verdict.Warnings);
    }

    /// <summary>Under which name a request installs.</summary>
    public static string NameOf(InstallRequest request) => Given(request.InstanceId) ?? request.PluginId ?? string.Empty;

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
