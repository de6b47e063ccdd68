namespace DotMac.Kubernetes.Models;

/// <summary>Which token, and for whom it must be.</summary>
public sealed class V1TokenReviewSpec
{
    /// <summary>The token: a secret.</summary>
    public string? Token { get; set; }

    /// <summary>Of these audiences the token must be for one; the API server's own where none is named.</summary>
    public IList<string>? Audiences { get; set; }
}
