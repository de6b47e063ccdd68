using System.Text.Json.Serialization;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Models;

/// <summary>What a service selects and serves.</summary>
public sealed class V1ServiceSpec
{
    /// <summary><c>ClusterIP</c> unless said otherwise.</summary>
    public string? Type { get; set; }

    /// <summary>The virtual address; given by the server.</summary>
    public string? ClusterIP { get; set; }

    /// <summary>Labels of the pods behind it.</summary>
    [JsonConverter(typeof(InternedMapConverter))]
    public IDictionary<string, string>? Selector { get; set; }

    /// <summary>The ports served.</summary>
    public IList<V1ServicePort>? Ports { get; set; }

    /// <summary>Whether pods that are not ready are listed.</summary>
    public bool? PublishNotReadyAddresses { get; set; }
}
