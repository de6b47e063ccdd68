namespace DotMac.Kubernetes.Models;

/// <summary>Something that is done to objects of a kind.</summary>
public sealed class V1ResourceAttributes
{
    /// <summary>The namespace; empty for all of them.</summary>
    public string? Namespace { get; set; }

    /// <summary><c>get</c>, <c>list</c>, <c>create</c>, for example.</summary>
    public string? Verb { get; set; }

    /// <summary>The API group.</summary>
    public string? Group { get; set; }

    /// <summary>The plural, as URLs have it.</summary>
    public string? Resource { get; set; }

    /// <summary><c>status</c>, for example; empty for the object itself.</summary>
    public string? Subresource { get; set; }

    /// <summary>One object; empty for all of them.</summary>
    public string? Name { get; set; }
}
