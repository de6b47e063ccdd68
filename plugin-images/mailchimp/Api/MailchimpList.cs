namespace DotMac.Plugins.Mailchimp.Api;

/// <summary>The fields of an audience that the plugin reads.</summary>
internal sealed record MailchimpList(string? Id, string? Name, DateTimeOffset? DateCreated, MailchimpListStats? Stats);
