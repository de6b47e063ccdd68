using System.Globalization;
using System.Security.Cryptography;

namespace DotMac.StandIns.Twilio;

/// <summary>A message that was taken.</summary>
internal sealed record StandInMessage(
    string Sid, string AccountSid, string To, string? From, string? MessagingServiceSid, string Body, int Media, string Status, DateTimeOffset CreatedAt, DateTimeOffset? SentAt)
{
    /// <summary>Takes a message.</summary>
    public static StandInMessage Create(string accountSid, string to, string? from, string? messagingServiceSid, string body, int media)
    {
        bool byService = string.IsNullOrEmpty(from);
        return new StandInMessage(
            (media == 0 ? "SM" : "MM") + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            accountSid,
            to,
            byService ? null : from,
            string.IsNullOrEmpty(messagingServiceSid) ? null : messagingServiceSid,
            body,
            media,
            byService ? "accepted" : "queued",
            DateTimeOffset.UtcNow,
            null);
    }

    /// <summary>The message as <c>api.v2010.account.message</c>.</summary>
    public Dictionary<string, object?> ToJson() => new()
    {
        ["account_sid"] = AccountSid,
        ["api_version"] = "2010-04-01",
        ["body"] = Body,
        ["date_created"] = Date(CreatedAt),
        ["date_sent"] = SentAt is DateTimeOffset sent ? Date(sent) : null,
        ["date_updated"] = Date(SentAt ?? CreatedAt),
        ["direction"] = "outbound-api",
        ["error_code"] = null,
        ["error_message"] = null,
        ["from"] = From,
        ["messaging_service_sid"] = MessagingServiceSid,
        ["num_media"] = Media.ToString(CultureInfo.InvariantCulture),
        ["num_segments"] = From is null ? "0" : Math.Max(1, (Body.Length + 152) / 153).ToString(CultureInfo.InvariantCulture),
        ["price"] = null,
        ["price_unit"] = null,
        ["sid"] = Sid,
        ["status"] = Status,
        ["subresource_uris"] = new Dictionary<string, string> { ["media"] = $"/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}/Media.json" },
        ["to"] = To,
        ["uri"] = $"/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json",
    };

    // RFC 2822 wants no colon in the offset.
    private static string Date(DateTimeOffset date) => date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
}
