using System.Text.Json.Nodes;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Client;

/// <summary>A connection to one API server.</summary>
public interface IKubernetesClient
{
    /// <summary>The namespace that the configuration names: of the pod, or of the kubeconfig's context.</summary>
    string Namespace { get; }

    /// <summary>The objects of a kind, at the URL that the type declares.</summary>
    IResource<T> Resource<T>()
        where T : class, IKubernetesEntity;

    /// <summary>The objects of a kind, in a form of one's choice, such as <see cref="Unstructured"/>.</summary>
    IResource<T> Resource<T>(EntityType type)
        where T : class, IKubernetesEntity;

    /// <summary>Reads any path of the server.</summary>
    /// <param name="path">Path and query, without a leading slash.</param>
    /// <param name="maximumBytes">A longer answer is an error.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApiException">The server refused.</exception>
    Task<byte[]> GetRawAsync(string path, int maximumBytes = 4 * 1024 * 1024, CancellationToken cancellationToken = default);

    /// <summary>Posts to any path of the server: to subresources, and to kinds that answer and are not stored.</summary>
    /// <param name="path">Path and query, without a leading slash.</param>
    /// <param name="body">What to post.</param>
    /// <param name="maximumBytes">A longer answer is an error.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApiException">The server refused.</exception>
    Task<byte[]> PostRawAsync(string path, JsonNode body, int maximumBytes = 4 * 1024 * 1024, CancellationToken cancellationToken = default);

    /// <summary>Reads an answer while it comes, however long that takes: a log that is followed, for example.</summary>
    /// <param name="path">Path and query, without a leading slash.</param>
    /// <param name="read">Reads the answer's body; when it returns, the connection is let go.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApiException">The server refused.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    Task ReadStreamAsync(string path, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken = default);
}
