namespace DotMac.Plugins.Twilio.Api;

/// <summary>The fields of an answer to ListMessage that the plugin reads.</summary>
internal sealed record TwilioMessagePage(IReadOnlyList<TwilioMessage>? Messages, string? NextPageUri);
