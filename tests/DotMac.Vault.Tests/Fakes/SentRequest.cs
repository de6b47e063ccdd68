namespace DotMac.Vault.Tests.Fakes;

/// <summary>A request as the client sent it.</summary>
internal sealed record SentRequest(string Method, Uri Uri, string? Token, string? Namespace, string? VaultRequest, string Body);
