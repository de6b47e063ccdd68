using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Entities;

/// <summary>Namespace and name: what tells two objects of one kind apart.</summary>
/// <param name="Namespace">Empty for cluster-scoped objects.</param>
/// <param name="Name">The object's name.</param>
public readonly record struct ObjectKey(string Namespace, string Name)
{
    /// <summary>The key of an object.</summary>
    public static ObjectKey Of(IKubernetesEntity entity) => Of(entity.Metadata);

    /// <summary>The key that metadata spells.</summary>
    public static ObjectKey Of(V1ObjectMeta metadata) => new(metadata.Namespace ?? string.Empty, metadata.Name ?? string.Empty);

    /// <inheritdoc />
    public override string ToString() => string.IsNullOrEmpty(Namespace) ? Name : $"{Namespace}/{Name}";
}
