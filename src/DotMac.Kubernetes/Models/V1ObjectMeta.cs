using System.Text.Json.Serialization;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Models;

/// <summary>Standard metadata. <c>managedFields</c> is left out on purpose: it is the larger half of most objects and nobody here reads it.</summary>
public sealed class V1ObjectMeta
{
    /// <summary>The object's name.</summary>
    public string? Name { get; set; }

    /// <summary>A prefix from which the server makes a name.</summary>
    public string? GenerateName { get; set; }

    /// <summary>The namespace; null for cluster-scoped objects.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Namespace { get; set; }

    /// <summary>The server's own identity of this object: a deleted and recreated one has another.</summary>
    public string? Uid { get; set; }

    /// <summary>Opaque version; equal means unchanged.</summary>
    public string? ResourceVersion { get; set; }

    /// <summary>Counts changes of the spec, for kinds that have one.</summary>
    public long? Generation { get; set; }

    /// <summary>When the server stored the object first.</summary>
    public DateTimeOffset? CreationTimestamp { get; set; }

    /// <summary>When deletion was asked for; null while the object is wanted.</summary>
    public DateTimeOffset? DeletionTimestamp { get; set; }

    /// <summary>Seconds that deletion may take.</summary>
    public long? DeletionGracePeriodSeconds { get; set; }

    /// <summary>What objects are selected by.</summary>
    [JsonConverter(typeof(InternedMapConverter))]
    public IDictionary<string, string>? Labels { get; set; }

    /// <summary>What is noted on an object and not selected by.</summary>
    [JsonConverter(typeof(AnnotationMapConverter))]
    public IDictionary<string, string>? Annotations { get; set; }

    /// <summary>Who must let go before the server forgets a deleted object.</summary>
    [JsonConverter(typeof(InternedListConverter))]
    public IList<string>? Finalizers { get; set; }

    /// <summary>Objects that this one dies with.</summary>
    public IList<V1OwnerReference>? OwnerReferences { get; set; }
}
