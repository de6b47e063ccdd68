namespace DotMac.Plugins.Twilio.Api;

/// <summary>The fields of <c>api.v2010.account</c> that the plugin reads. The answer also holds the token, which is not even parsed.</summary>
internal sealed record TwilioAccount(string? Sid, string? Status);
