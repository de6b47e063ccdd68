namespace DotMac.Kubernetes.Models;

/// <summary>One resource of a group and version.</summary>
public sealed class V1APIResource
{
    /// <summary>Plural name; with a slash for a subresource.</summary>
    public string? Name { get; set; }

    /// <summary>Kind.</summary>
    public string? Kind { get; set; }

    /// <summary>Whether its objects live in namespaces.</summary>
    public bool Namespaced { get; set; }

    /// <summary>What can be done with it.</summary>
    public IList<string>? Verbs { get; set; }
}
