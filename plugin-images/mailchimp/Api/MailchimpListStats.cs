namespace DotMac.Plugins.Mailchimp.Api;

/// <summary>The numbers of an audience that the plugin reads.</summary>
internal sealed record MailchimpListStats(long MemberCount);
