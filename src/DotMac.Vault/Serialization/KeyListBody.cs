namespace DotMac.Vault.Serialization;

/// <summary>A list of names.</summary>
internal sealed record KeyListBody(IReadOnlyList<string>? Keys);
