using DotMac.Vault.Secrets;

namespace DotMac.Vault.Tokens;

/// <summary>A token that Vault issued or renewed.</summary>
/// <param name="Token">The token.</param>
/// <param name="Accessor">What Vault calls the token where it must not name it: safe to log.</param>
/// <param name="LeaseDuration">How long it lives from now on; zero for ever.</param>
/// <param name="IsRenewable">Whether it may be renewed.</param>
/// <param name="Policies">Its policies.</param>
public sealed record VaultLogin(VaultToken Token, string Accessor, TimeSpan LeaseDuration, bool IsRenewable, IReadOnlyList<string> Policies);
