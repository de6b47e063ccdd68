namespace DotMac.StandIns.Vault.Kubernetes;

/// <summary>Asks somebody whether a service account's token is good.</summary>
/// <param name="token">The token.</param>
/// <param name="audiences">For one of which it must have been made; empty: for the API server.</param>
/// <param name="cancellationToken">Gives up.</param>
public delegate Task<TokenReviewOutcome> TokenReviewer(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken);
