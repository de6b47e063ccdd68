namespace DotMac.Plugins.Mailchimp.Api;

/// <summary>A field that Mailchimp refuses.</summary>
internal sealed record MailchimpField(string? Field, string? Message);
