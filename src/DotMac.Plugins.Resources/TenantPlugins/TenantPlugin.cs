using DotMac.Kubernetes.Crds;
using DotMac.Kubernetes.Entities;

namespace DotMac.Plugins.Resources;

/// <summary>One plugin installed for one tenant. The operator turns it into a Deployment of its own, and says in its status how it
/// fares.</summary>
[KubernetesEntity(
    Group = ResourceNames.Group,
    ApiVersion = ResourceNames.Version,
    Kind = ResourceNames.TenantPluginKind,
    PluralName = ResourceNames.TenantPluginPlural)]
[ShortName("tp")]
[Category("dotmac")]
[PrinterColumn("Plugin", ".spec.plugin", Description = "The PluginDefinition that is installed")]
[PrinterColumn("Version", ".status.version", Description = "The version that runs")]
[PrinterColumn("Phase", ".status.phase", Description = "The state in one word")]
[PrinterColumn("Ready", ".status.ready", Description = "Ready pods of wanted ones")]
[PrinterColumn("Health", ".status.health.state", Description = "What the plugin says of itself")]
[PrinterColumn("Calls", ".status.metrics.apiCalls", "integer", Description = "Calls to the vendor's API since the plugin started")]
[PrinterColumn("Errors", ".status.metrics.apiErrors", "integer", Description = "Failed calls to the vendor's API since the plugin started")]
[PrinterColumn("Age", ".metadata.creationTimestamp", "date", Description = "Time since it was created")]
[PrinterColumn("Image", ".status.image", Priority = 1, Description = "The image that runs")]
[PrinterColumn("Tenant", ".status.tenant", Priority = 1, Description = "Whose it is")]
[PrinterColumn("Message", """.status.conditions[?(@.type=="Ready")].message""", Priority = 1, Description = "Why it is ready or not")]
public sealed class TenantPlugin : CustomKubernetesEntity<TenantPluginSpec, TenantPluginStatus>
{
    /// <summary>A resource with its kind filled in.</summary>
    public TenantPlugin() => (ApiVersion, Kind) = (ResourceNames.ApiVersion, ResourceNames.TenantPluginKind);
}
