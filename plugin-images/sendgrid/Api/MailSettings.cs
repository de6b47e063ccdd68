namespace DotMac.Plugins.SendGrid.Api;

/// <summary>How SendGrid handles one mail.</summary>
internal sealed record MailSettings(MailSetting SandboxMode);
