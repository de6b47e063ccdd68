using DotMac.Kubernetes.Models;
using DotMac.Operator.Images;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tenants;

/// <summary>A namespace with the tenant label is a tenant.</summary>
internal static class TenantNamespace
{
    /// <summary>The tenant that a namespace belongs to; null when none.</summary>
    public static string? TenantOf(V1Namespace? ns) =>
        ns?.Metadata.Labels?.TryGetValue(Labels.Tenant, out var tenant) == true && tenant.Length > 0 ? tenant : null;

    /// <summary>Whether two states of a namespace mean the same to its plugins.</summary>
    public static bool MeansTheSame(V1Namespace before, V1Namespace after) =>
        TenantOf(before) == TenantOf(after) && PullSecrets.Annotation(before) == PullSecrets.Annotation(after);

    /// <summary>Drops what nobody reads.</summary>
    public static V1Namespace Slim(V1Namespace ns) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = ns.Metadata.Name,
            Uid = ns.Metadata.Uid,
            ResourceVersion = ns.Metadata.ResourceVersion,
            DeletionTimestamp = ns.Metadata.DeletionTimestamp,
            Annotations = PullSecrets.Annotation(ns) is { } secrets ? new Dictionary<string, string> { [Annotations.ImagePullSecrets] = secrets } : null,
            Labels = TenantOf(ns) is { } tenant ? new Dictionary<string, string> { [Labels.Tenant] = tenant } : null,
        },
    };
}
