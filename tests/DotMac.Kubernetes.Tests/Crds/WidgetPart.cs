using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Tests.Crds;

/// <summary>A part of a widget.</summary>
public sealed class WidgetPart
{
    [SchemaRequired]
    public string? Name { get; set; }
}
