namespace DotMac.Kubernetes.Models;

/// <summary>Whose token it is.</summary>
public sealed class V1TokenReviewStatus
{
    /// <summary>Whether it is anybody's.</summary>
    public bool Authenticated { get; set; }

    /// <summary>Whose.</summary>
    public V1UserInfo? User { get; set; }

    /// <summary>Those of the audiences asked for that it is for.</summary>
    public IList<string>? Audiences { get; set; }

    /// <summary>Why it could not be told.</summary>
    public string? Error { get; set; }
}
