namespace DotMac.Plugins.Mailchimp.Api;

/// <summary>What Mailchimp says of an error.</summary>
internal sealed record MailchimpProblem(string? Title, int? Status, string? Detail, IReadOnlyList<MailchimpField>? Errors);
