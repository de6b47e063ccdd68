using System.Text.Json;
using System.Text.Json.Serialization;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Models;

/// <summary>
/// An object of any kind, kept as the UTF-8 JSON that the server sent, without <c>managedFields</c>. A quarter of the memory of an object
/// graph, for objects that are compared far more often than they are read.
/// </summary>
[JsonConverter(typeof(UnstructuredConverter))]
public sealed class Unstructured : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; }

    /// <inheritdoc />
    public string? Kind { get; set; }

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>The object as JSON, without <c>metadata</c>, <c>status</c>, <c>apiVersion</c> and <c>kind</c>.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The <c>status</c> as JSON; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Status { get; set; }

    /// <summary>Reads an object from its JSON.</summary>
    /// <exception cref="JsonException">It is not JSON, or no object.</exception>
    public static Unstructured Parse(ReadOnlySpan<byte> json) => UnstructuredFormat.Parse(json);

    /// <summary>Parses the body. The caller disposes of the document.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public JsonDocument ParseBody() => JsonDocument.Parse(Body.IsEmpty ? "{}"u8.ToArray() : Body);
}
