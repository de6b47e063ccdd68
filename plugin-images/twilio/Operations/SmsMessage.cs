using System.Globalization;
using DotMac.Plugins.Twilio.Api;

namespace DotMac.Plugins.Twilio.Operations;

/// <summary>A message as callers see it.</summary>
/// <param name="Sid">Its SID.</param>
/// <param name="Status">Twilio's word for where it is: accepted, queued, sending, sent, delivered, undelivered, failed, …</param>
/// <param name="To">The receiver.</param>
/// <param name="From">The sender; null while a messaging service has not picked one.</param>
/// <param name="MessagingServiceSid">The messaging service that sends it; null when there is none.</param>
/// <param name="Direction">Twilio's word for which way it goes: outbound-api, inbound, …</param>
/// <param name="Body">The text.</param>
/// <param name="Segments">How many SMS it takes; null when not known yet.</param>
/// <param name="CreatedAt">When Twilio took it.</param>
/// <param name="SentAt">When Twilio sent it; null when not yet.</param>
/// <param name="ErrorCode">Twilio's code when it failed or was not delivered.</param>
/// <param name="ErrorMessage">Twilio's reason when it failed or was not delivered.</param>
public sealed record SmsMessage(
    string? Sid,
    string? Status,
    string? To,
    string? From,
    string? MessagingServiceSid,
    string? Direction,
    string? Body,
    int? Segments,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? SentAt,
    int? ErrorCode,
    string? ErrorMessage)
{
    /// <summary>Takes over what Twilio says of a message.</summary>
    internal static SmsMessage Of(TwilioMessage message) => new(
        message.Sid,
        message.Status,
        message.To,
        message.From,
        message.MessagingServiceSid,
        message.Direction,
        message.Body,
        int.TryParse(message.NumSegments, NumberStyles.None, CultureInfo.InvariantCulture, out int segments) && segments > 0 ? segments : null,
        Date(message.DateCreated),
        Date(message.DateSent),
        message.ErrorCode,
        message.ErrorMessage);

    // "Thu, 24 Aug 2023 05:01:45 +0000" (RFC 2822, section 3.3).
    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParseExact(text, "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset date)
            ? date
            : null;
}
