namespace DotMac.StandIns.Vault;

/// <summary>A request that was answered: no bodies, no tokens.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below <c>/v1/</c>, with its query.</param>
/// <param name="Status">The HTTP status answered.</param>
/// <param name="DisplayName">Whose token it was; empty for none or an unknown one.</param>
/// <param name="Namespace">The header <c>X-Vault-Namespace</c>; empty for none.</param>
public sealed record AuditEntry(string Method, string Path, int Status, string DisplayName, string Namespace);
