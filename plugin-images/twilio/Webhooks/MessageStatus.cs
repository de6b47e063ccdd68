namespace DotMac.Plugins.Twilio.Webhooks;

/// <summary>The details of an event: what Twilio says has become of a message.</summary>
/// <param name="Sid">The message's SID.</param>
/// <param name="Status">Twilio's word: queued, sending, sent, delivered, undelivered, failed, read, …</param>
/// <param name="To">The receiver.</param>
/// <param name="From">The sender.</param>
/// <param name="MessagingServiceSid">The messaging service that sent it; null when there is none.</param>
/// <param name="ErrorCode">Twilio's code when it failed or was not delivered.</param>
/// <param name="ErrorMessage">Twilio's reason when it failed or was not delivered.</param>
internal sealed record MessageStatus(
    string Sid, string Status, string? To, string? From, string? MessagingServiceSid, int? ErrorCode, string? ErrorMessage);
