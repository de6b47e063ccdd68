namespace DotMac.Plugins.SendGrid.Api;

/// <summary>One of <see cref="MailSettings"/>.</summary>
internal sealed record MailSetting(bool Enable);
