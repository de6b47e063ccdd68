namespace DotMac.Kubernetes.Models;

/// <summary>Who, and what.</summary>
public sealed class V1SubjectAccessReviewSpec
{
    /// <summary>The user's name.</summary>
    public string? User { get; set; }

    /// <summary>What tells them from another one of the same name.</summary>
    public string? Uid { get; set; }

    /// <summary>The groups that they are in.</summary>
    public IList<string>? Groups { get; set; }

    /// <summary>What else an authenticator knows of them.</summary>
    public IDictionary<string, IList<string>>? Extra { get; set; }

    /// <summary>What they want to do.</summary>
    public V1ResourceAttributes? ResourceAttributes { get; set; }
}
