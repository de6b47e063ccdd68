using DotMac.Kubernetes.Models;

namespace DotMac.Plugins.Resources.Tenants;

/// <summary>A namespace with the tenant label is a tenant.</summary>
public static class TenantNamespace
{
    // What platform administrators say of a tenant.
    private static readonly IReadOnlyList<string> Kept = [.. TenantLimits.Keys, Annotations.ImagePullSecrets];

    /// <summary>The tenant that a namespace belongs to; null when none.</summary>
    public static string? TenantOf(V1Namespace? ns) =>
        ns?.Metadata.Labels?.TryGetValue(Labels.Tenant, out var tenant) == true && tenant.Length > 0 ? tenant : null;

    /// <summary>Whether two states of a namespace mean the same to its plugins.</summary>
    public static bool MeansTheSame(V1Namespace before, V1Namespace after) =>
        TenantOf(before) == TenantOf(after) && Kept.All(key => ValueOf(before, key) == ValueOf(after, key));

    /// <summary>Drops what nobody reads.</summary>
    public static V1Namespace Slim(V1Namespace ns) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = ns.Metadata.Name,
            Uid = ns.Metadata.Uid,
            ResourceVersion = ns.Metadata.ResourceVersion,
            DeletionTimestamp = ns.Metadata.DeletionTimestamp,
            Labels = TenantOf(ns) is { } tenant ? new Dictionary<string, string> { [Labels.Tenant] = tenant } : null,
            Annotations = AnnotationsOf(ns),
        },
    };

    private static Dictionary<string, string>? AnnotationsOf(V1Namespace ns)
    {
        var kept = Kept.Where(key => ValueOf(ns, key) is not null).ToDictionary(static key => key, key => ValueOf(ns, key)!);
        return kept.Count == 0 ? null : kept;
    }

    private static string? ValueOf(V1Namespace ns, string annotation) => ns.Metadata.Annotations?.TryGetValue(annotation, out var value) == true ? value : null;
}
