namespace DotMac.StandIns.Vault.Kubernetes;

/// <summary>What the API server says of a service account's token: <c>status</c> of a TokenReview.</summary>
/// <param name="IsAuthenticated">Whether the token is good.</param>
/// <param name="Username"><c>system:serviceaccount:namespace:name</c>.</param>
/// <param name="Uid">The service account's UID.</param>
/// <param name="Error">Why not.</param>
public sealed record TokenReviewOutcome(bool IsAuthenticated, string Username = "", string Uid = "", string Error = "");
