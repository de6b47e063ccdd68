namespace DotMac.Plugins.SendGrid.Api;

/// <summary>The body of an error.</summary>
internal sealed record SendGridErrorAnswer(IReadOnlyList<SendGridError>? Errors);
