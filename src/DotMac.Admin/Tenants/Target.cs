using DotMac.Kubernetes.Entities;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Tenants;

/// <summary>The installed plugin that a request is about.</summary>
/// <param name="Plugin">It.</param>
/// <param name="Tenant">Whose it is.</param>
internal sealed record Target(TenantPlugin Plugin, string Tenant)
{
    /// <summary>Where it is.</summary>
    public ObjectKey Key => ObjectKey.Of(Plugin);
}
