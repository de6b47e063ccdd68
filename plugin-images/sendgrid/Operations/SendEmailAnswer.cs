namespace DotMac.Plugins.SendGrid.Operations;

/// <summary>What became of a mail to send.</summary>
/// <param name="MessageId">
/// SendGrid's id of it, which events carry as their subject; null in sandbox mode, and where SendGrid has taken the mail without giving an id.
/// </param>
/// <param name="SandboxMode">Whether the request was only looked at and nothing is sent.</param>
public sealed record SendEmailAnswer(string? MessageId, bool SandboxMode);
