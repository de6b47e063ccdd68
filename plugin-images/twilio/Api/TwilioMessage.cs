namespace DotMac.Plugins.Twilio.Api;

/// <summary>The fields of <c>api.v2010.account.message</c> that the plugin reads.</summary>
internal sealed record TwilioMessage(
    string? Sid,
    string? Status,
    string? To,
    string? From,
    string? MessagingServiceSid,
    string? Direction,
    string? Body,
    string? NumSegments,
    string? DateCreated,
    string? DateSent,
    int? ErrorCode,
    string? ErrorMessage);
