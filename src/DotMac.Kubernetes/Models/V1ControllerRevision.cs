using System.Text.Json;
using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>A snapshot of what a controller once rolled out. The API server takes no change of its data.</summary>
[KubernetesEntity(Group = "apps", ApiVersion = "v1", Kind = "ControllerRevision", PluralName = "controllerrevisions")]
public sealed class V1ControllerRevision : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "apps/v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "ControllerRevision";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What was rolled out, in a form of the controller's own.</summary>
    public JsonElement? Data { get; set; }

    /// <summary>The higher, the later it was rolled out.</summary>
    public long Revision { get; set; }
}
