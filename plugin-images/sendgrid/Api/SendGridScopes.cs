namespace DotMac.Plugins.SendGrid.Api;

/// <summary>What a key may do.</summary>
internal sealed record SendGridScopes(IReadOnlyList<string>? Scopes);
