using DotMac.Kubernetes.Crds;
using DotMac.Kubernetes.Entities;

namespace DotMac.Plugins.Resources;

/// <summary>A catalog entry: a plugin that tenants may install, its versions, and what its config looks like.</summary>
[KubernetesEntity(
    Group = ResourceNames.Group,
    ApiVersion = ResourceNames.Version,
    Kind = ResourceNames.PluginDefinitionKind,
    PluralName = ResourceNames.PluginDefinitionPlural,
    Scope = EntityScope.Cluster)]
[ShortName("pdef")]
[Category("dotmac")]
[PrinterColumn("Category", ".spec.category", Description = "What kind of service it talks to")]
[PrinterColumn("Default", ".spec.defaultVersion", Description = "The version that is installed unless another one is asked for")]
[PrinterColumn("Installations", ".status.installations", "integer", Description = "How many TenantPlugins use it")]
[PrinterColumn("Age", ".metadata.creationTimestamp", "date", Description = "Time since it was created")]
public sealed class PluginDefinition : CustomKubernetesEntity<PluginDefinitionSpec, PluginDefinitionStatus>
{
    /// <summary>A resource with its kind filled in.</summary>
    public PluginDefinition() => (ApiVersion, Kind) = (ResourceNames.ApiVersion, ResourceNames.PluginDefinitionKind);
}
