namespace DotMac.Kubernetes.Entities;

/// <summary>Whether objects of a kind live inside a namespace or beside them.</summary>
public enum EntityScope
{
    /// <summary>Inside a namespace.</summary>
    Namespaced,

    /// <summary>Of the cluster as a whole.</summary>
    Cluster,
}
