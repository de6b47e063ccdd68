using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Informers;

/// <summary>The known objects of a kind. Objects in it are shared: nobody may change them.</summary>
/// <typeparam name="T">The kind.</typeparam>
public interface IObjectStore<T>
    where T : class, IKubernetesEntity
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>One object, or null.</summary>
    T? Get(ObjectKey key);

    /// <summary>All objects, as of this moment.</summary>
    IReadOnlyList<T> List();

    /// <summary>The objects that an index files under a value.</summary>
    /// <exception cref="ArgumentException">There is no such index.</exception>
    IReadOnlyList<T> ByIndex(string index, string value);
}
