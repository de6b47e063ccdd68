namespace DotMac.Plugins.Twilio.Operations;

/// <summary>A page of messages.</summary>
/// <param name="Messages">The messages, the newest first.</param>
/// <param name="NextPageToken">What to ask for the next page with; null on the last one.</param>
public sealed record SmsMessageList(IReadOnlyList<SmsMessage> Messages, string? NextPageToken);
