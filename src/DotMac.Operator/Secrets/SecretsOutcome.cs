using DotMac.Operator.Reconciliation;

namespace DotMac.Operator.Secrets;

/// <summary>What was found out about a plugin's secrets.</summary>
/// <param name="Verdict">For the condition <c>SecretsReady</c>.</param>
/// <param name="Versions">The versions of its secrets in Vault, hashed; null when they are not known.</param>
/// <param name="LookAgain">When to look again, though nothing tells of a change; null for never.</param>
internal sealed record SecretsOutcome(Verdict Verdict, string? Versions = null, TimeSpan? LookAgain = null);
