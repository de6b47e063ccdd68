using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Entities;

/// <summary>An object that lives in the API server under a name of its own.</summary>
public interface IKubernetesEntity : IKubernetesObject
{
    /// <summary>Name, namespace, labels and the rest of the standard metadata.</summary>
    V1ObjectMeta Metadata { get; set; }
}
