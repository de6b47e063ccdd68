namespace DotMac.Kubernetes.Models;

/// <summary>Who sent a request, as the API server knows them.</summary>
public sealed class V1UserInfo
{
    /// <summary>The name.</summary>
    public string? Username { get; set; }

    /// <summary>What tells them from another one of the same name.</summary>
    public string? Uid { get; set; }

    /// <summary>The groups that they are in.</summary>
    public IList<string>? Groups { get; set; }

    /// <summary>What else the authenticator knows of them.</summary>
    public IDictionary<string, IList<string>>? Extra { get; set; }
}
