namespace DotMac.Vault.Serialization;

/// <summary>How much longer a token shall live, in seconds.</summary>
internal sealed record RenewalBody(long Increment);
