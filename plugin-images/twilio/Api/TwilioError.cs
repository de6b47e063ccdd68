namespace DotMac.Plugins.Twilio.Api;

/// <summary>The body of an error answer.</summary>
internal sealed record TwilioError(int? Code, string? Message);
