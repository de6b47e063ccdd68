using System.Text.RegularExpressions;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources.Serialization;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Plugins.Resources.Validation;

/// <summary>
/// Checks the shape of a TenantPlugin by itself. The API server checks most of it too, unless the object was stored under another version
/// of
/// the CRD. The config is <see cref="Config.ConfigValidator"/>'s, the version <see cref="VersionResolver"/>'s.
/// </summary>
public static partial class TenantPluginValidator
{
    private const int MostReplicas = 100;
    private const int LeastDeadline = 10;
    private const int MostDeadline = 86_400;

    /// <summary>Checks a TenantPlugin.</summary>
    /// <returns>The errors; empty when there are none.</returns>
    public static IReadOnlyList<ValidationError> Validate(TenantPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var errors = new ErrorCollector();
        errors.Require(
            Names.IsServiceName(plugin.Metadata?.Name),
            "/metadata/name",
            "must have lower-case letters, digits and '-' only, start with a letter, and have at most 63 characters, "
            + "because a Service is named like it");
        if (plugin.Spec is null)
        {
            errors.Add("/spec", "is required; add it, with the name of a PluginDefinition as plugin");
            return errors.Errors;
        }

        Spec(plugin.Spec, errors);
        return errors.Errors;
    }

    /// <summary>Checks what a change of a TenantPlugin may not change. The changed one is checked by <see cref="Validate"/>.</summary>
    /// <param name="before">The stored one.</param>
    /// <param name="after">The changed one.</param>
    /// <returns>The errors; empty when there are none.</returns>
    public static IReadOnlyList<ValidationError> ValidateUpdate(TenantPlugin before, TenantPlugin after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return before.Spec?.Plugin == after.Spec?.Plugin
            ? []
            : [new ValidationError("/spec/plugin", "cannot be changed; delete this TenantPlugin and create another one")];
    }

    private static void Spec(TenantPluginSpec spec, ErrorCollector errors)
    {
        if (string.IsNullOrEmpty(spec.Plugin))
        {
            errors.Add("/spec/plugin", "is required; write the name of a PluginDefinition (kubectl get plugindefinitions lists them)");
        }
        else
        {
            errors.Require(
                Names.IsLabel(spec.Plugin),
                "/spec/plugin",
                "must be the name of a PluginDefinition: lower-case letters, digits and '-'");
        }

        errors.Require(
            string.IsNullOrEmpty(spec.Version) || SemVer.Of(spec.Version) is not null,
            "/spec/version",
            "must be a version such as 1.2.3, of three numbers and without 'v'; put it in quotes");
        errors.Require(spec.Replicas is null or (>= 0 and <= MostReplicas), "/spec/replicas", $"must be a number from 0 to {MostReplicas}");
        errors.Require(
            !ConfigElementConverter.IsTooDeep(spec.Config), "/spec/config", $"is nested more than {ConfigElementConverter.Deepest} levels deep; make it flatter");
        Autoscaling(spec, errors);
        errors.Known(spec.Reload, "/spec/reload");
        errors.Known(spec.Rotation, "/spec/rotation");
        errors.Known(spec.UpgradePolicy, "/spec/upgradePolicy");
        errors.Known(spec.CallerAuthentication, "/spec/callerAuthentication");
        errors.Require(
            spec.ProgressDeadlineSeconds is null or (>= LeastDeadline and <= MostDeadline),
            "/spec/progressDeadlineSeconds",
            $"must be a number of seconds from {LeastDeadline} to {MostDeadline}");
        CommonChecks.Resources(spec.Resources, "/spec/resources", errors);
        Amounts(spec.Resources?.Requests, "/spec/resources/requests", errors);
        Amounts(spec.Resources?.Limits, "/spec/resources/limits", errors);
        errors.Subdomain(spec.Sandbox?.RuntimeClassName, "/spec/sandbox/runtimeClassName");
        CommonChecks.Egress(spec.Sandbox?.Egress, "/spec/sandbox/egress", errors);
        Vault(spec.Vault, errors);
        Callers(spec.Callers ?? [], errors);
        Ingress(spec.Ingress, errors);
    }

    private static void Autoscaling(TenantPluginSpec spec, ErrorCollector errors)
    {
        const string Place = "/spec/autoscaling";
        if (spec.Autoscaling is not { } autoscaling)
        {
            return;
        }

        errors.Require(spec.Replicas is null, Place, "and /spec/replicas both say how many pods there are; remove one of them");
        errors.Require(autoscaling.MinReplicas is null or (>= 1 and <= MostReplicas), $"{Place}/minReplicas", $"must be a number from 1 to {MostReplicas}");
        errors.Require(autoscaling.MaxReplicas is >= 1 and <= MostReplicas, $"{Place}/maxReplicas", $"is required and must be a number from 1 to {MostReplicas}");
        errors.Require(
            autoscaling.MaxReplicas is null || autoscaling.MaxReplicas >= (autoscaling.MinReplicas ?? 1),
            $"{Place}/maxReplicas",
            "is below minReplicas; raise it, or lower minReplicas");
        errors.Require(autoscaling.TargetCpuPercent is null or (>= 1 and <= 100), $"{Place}/targetCpuPercent", "must be a number from 1 to 100");
    }

    // Anything else that a node offers may be a device of the node: what a plugin needs of that, its definition says.
    private static void Amounts(IDictionary<string, ResourceQuantity>? amounts, string pointer, ErrorCollector errors)
    {
        foreach (var name in amounts?.Keys ?? [])
        {
            errors.Require(
                name is "cpu" or "memory" or "ephemeral-storage",
                JsonPointer.Append(pointer, name),
                "is no resource that a tenant may ask for; write cpu, memory or ephemeral-storage, or have the PluginDefinition ask for it");
        }
    }

    private static void Vault(VaultSpec? vault, ErrorCollector errors)
    {
        errors.Known(vault?.Injection, "/spec/vault/injection");
        errors.Require(
            string.IsNullOrEmpty(vault?.Role) || VaultName().IsMatch(vault.Role),
            "/spec/vault/role",
            "must be the name of a Vault role: letters, digits, '.', '_' and '-'");
        errors.Require(
            string.IsNullOrEmpty(vault?.AuthPath)
                || vault.AuthPath.Split('/').All(segment => VaultName().IsMatch(segment) && segment is not ("." or "..")),
            "/spec/vault/authPath",
            "must be a mount path such as auth/kubernetes, without '..' and without '/' at either end");
    }

    private static void Callers(IList<CallerSpec> callers, ErrorCollector errors)
    {
        for (var i = 0; i < callers.Count; i++)
        {
            var place = JsonPointer.Append("/spec/callers", i);
            errors.Require(
                Names.IsLabel(callers[i]?.Namespace),
                $"{place}/namespace",
                "must be the name of a namespace; there are no wildcards");
            errors.Subdomain(callers[i]?.ServiceAccount, $"{place}/serviceAccount");
        }
    }

    private static void Ingress(IngressSpec? ingress, ErrorCollector errors)
    {
        if (ingress is null)
        {
            return;
        }

        errors.Require(
            Names.IsSubdomain(ingress.Host),
            "/spec/ingress/host",
            "must be a DNS name in lower case without scheme, port and path, such as hooks.example.com");
        errors.Subdomain(ingress.ClassName, "/spec/ingress/className");
        errors.Subdomain(ingress.TlsSecretName, "/spec/ingress/tlsSecretName");
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex VaultName();
}
