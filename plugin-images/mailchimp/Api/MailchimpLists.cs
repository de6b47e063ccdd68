namespace DotMac.Plugins.Mailchimp.Api;

/// <summary>A page of audiences, which the API calls lists.</summary>
internal sealed record MailchimpLists(IReadOnlyList<MailchimpList>? Lists, long TotalItems);
