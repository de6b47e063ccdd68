using DotMac.Vault.Secrets;
using DotMac.Vault.Tokens;

namespace DotMac.Vault.Sessions;

/// <summary>A token of a session, and when to do what about it.</summary>
/// <param name="Token">The token.</param>
/// <param name="Accessor">For the log.</param>
/// <param name="FirstDuration">How long it was to live when it was issued: what renewals are measured by.</param>
/// <param name="IsRenewable">Whether to renew it, or else to log in anew, at <paramref name="RenewAt"/>.</param>
/// <param name="RenewAt">When to.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="KnownGoodAt">When Vault last accepted it for sure.</param>
internal sealed record SessionLease(
    VaultToken Token,
    string Accessor,
    TimeSpan FirstDuration,
    bool IsRenewable,
    DateTimeOffset RenewAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset KnownGoodAt)
{
    /// <summary>The lease of a login.</summary>
    /// <param name="login">The login.</param>
    /// <param name="since">When it was asked for: the lease runs from then at the earliest.</param>
    /// <param name="chance">Between 0 and 1: renewals of many sessions that began together spread out.</param>
    public static SessionLease Of(VaultLogin login, DateTimeOffset since, double chance) =>
        new(
            login.Token,
            login.Accessor,
            login.LeaseDuration,
            login.IsRenewable,
            After(since, login.LeaseDuration * Share(chance)),
            After(since, login.LeaseDuration),
            since);

    /// <summary>The lease after a renewal. One that brought little comes near the token's greatest age: then the next step is a new login.</summary>
    public SessionLease Renewed(VaultLogin renewal, DateTimeOffset since, double chance) =>
        this with
        {
            IsRenewable = renewal.IsRenewable && renewal.LeaseDuration >= FirstDuration / 2,
            RenewAt = After(since, renewal.LeaseDuration * Share(chance)),
            ExpiresAt = After(since, renewal.LeaseDuration),
            KnownGoodAt = since,
        };

    // About two thirds.
    private static double Share(double chance) => 0.62 + (0.08 * chance);

    // No duration: for ever.
    private static DateTimeOffset After(DateTimeOffset since, TimeSpan duration) =>
        duration <= TimeSpan.Zero || duration > DateTimeOffset.MaxValue - since ? DateTimeOffset.MaxValue : since + duration;
}
