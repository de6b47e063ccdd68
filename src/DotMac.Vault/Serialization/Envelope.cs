namespace DotMac.Vault.Serialization;

/// <summary>What every answer of Vault comes in.</summary>
internal sealed record Envelope<T>(T? Data, AuthBody? Auth)
    where T : class;
