namespace DotMac.Vault.Serialization;

/// <summary>A policy's text.</summary>
internal sealed record PolicyBody(string? Policy);
