using System.Text.Json.Serialization;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Entities;

/// <summary>Base of custom resources that have a spec and a status.</summary>
/// <typeparam name="TSpec">What the user wants.</typeparam>
/// <typeparam name="TStatus">What was observed.</typeparam>
public abstract class CustomKubernetesEntity<TSpec, TStatus> : IKubernetesEntity
    where TSpec : class, new()
    where TStatus : class
{
    /// <inheritdoc />
    [JsonPropertyOrder(-4)]
    public string? ApiVersion { get; set; }

    /// <inheritdoc />
    [JsonPropertyOrder(-3)]
    public string? Kind { get; set; }

    /// <inheritdoc />
    [JsonPropertyOrder(-2)]
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What the user wants.</summary>
    [JsonPropertyOrder(-1)]
    public TSpec Spec { get; set; } = new();

    /// <summary>What was observed; null until the resource was visited.</summary>
    public TStatus? Status { get; set; }
}
