namespace DotMac.StandIns.Vault.Tokens;

/// <summary>How long tokens live.</summary>
/// <param name="Ttl">Unless renewed; zero: as the system says.</param>
/// <param name="MaximumTtl">However often they are renewed; zero: as the system says.</param>
/// <param name="Period">When set, each renewal is good for this long, and there is no greatest age.</param>
internal sealed record TokenTerms(TimeSpan Ttl, TimeSpan MaximumTtl, TimeSpan Period);
