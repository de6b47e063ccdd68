using System.Text.Json.Serialization;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Models;

/// <summary>A Secret, of which only the names of its keys are ever read: no value enters this process.</summary>
[KubernetesEntity(ApiVersion = "v1", Kind = "Secret", PluralName = "secrets")]
public sealed class V1Secret : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "Secret";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>The keys of <c>data</c>, without their values. Read only: it is not sent.</summary>
    [JsonPropertyName("data")]
    [JsonConverter(typeof(KeysOnlyConverter))]
    public IReadOnlyList<string>? Keys { get; set; }
}
