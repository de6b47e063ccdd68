using System.Text.RegularExpressions;

namespace DotMac.StandIns.Twilio;

/// <summary>
/// Refuses messages as Twilio does: what is missing or malformed, and the magic numbers of Twilio's test credentials
/// (https://www.twilio.com/docs/iam/test-credentials).
/// </summary>
internal static partial class MessageRules
{
    private const int MaxBodyLength = 1600;
    private const int MaxMedia = 10;
    private const string MissingService = "MG00000000000000000000000000000000";

    /// <summary>Why a message is refused; null when it is not.</summary>
    public static TwilioRefusal? Refuse(string? to, string? from, string? messagingServiceSid, string? body, IReadOnlyList<string?> media, string? statusCallback) =>
        string.IsNullOrEmpty(to) ? Refuse(21604, "A 'To' phone number is required.")
        : string.IsNullOrEmpty(from) && string.IsNullOrEmpty(messagingServiceSid) ? Refuse(21603, "A 'From' phone number is required.")
        : string.IsNullOrEmpty(body) && media.Count == 0 ? Refuse(21602, "Message body is required.")
        : body?.Length > MaxBodyLength ? Refuse(21617, "The concatenated message body exceeds the 1600 character limit.")
        : !E164().IsMatch(to) ? Refuse(21211, $"Invalid 'To' Phone Number: {to}")
        : media.Count > MaxMedia ? Refuse(21623, "Number of media files exceeds allowed limit")
        : !media.All(IsFetchable) ? Refuse(21620, "Invalid media URL(s)")
        : !string.IsNullOrEmpty(statusCallback) && !IsFetchable(statusCallback) ? Refuse(21609, $"The StatusCallback URL {statusCallback} is not a valid URL.")
        : messagingServiceSid == MissingService ? Refuse(21701, "The Messaging Service does not exist.")
        : RefuseSender(from) ?? RefuseReceiver(to);

    // Twilio is not on this machine's network.
    private static bool IsFetchable(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && parsed.Scheme is ("http" or "https") && !parsed.IsLoopback;

    private static TwilioRefusal? RefuseSender(string? from) => from switch
    {
        "+15005550001" => Refuse(21212, "Invalid 'From' Phone Number: +15005550001"),
        "+15005550007" => Refuse(21606, "The 'From' phone number +15005550007 is not a valid, message-capable Twilio phone number."),
        "+15005550008" => Refuse(21611, "This 'From' number has exceeded the maximum number of queued messages."),
        _ => null,
    };

    private static TwilioRefusal? RefuseReceiver(string to) => to switch
    {
        "+15005550001" => Refuse(21211, "Invalid 'To' Phone Number: +15005550001"),
        "+15005550002" => Refuse(21612, "The 'To' phone number: +15005550002, is not currently reachable using the 'From' phone number."),
        "+15005550003" => Refuse(21408, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: +15005550003."),
        "+15005550004" => Refuse(21610, "Attempt to send to unsubscribed recipient"),
        "+15005550009" => Refuse(21614, "'To' number: +15005550009, is not a valid mobile number"),
        _ => null,
    };

    private static TwilioRefusal Refuse(int code, string message) => new(400, code, message);

    [GeneratedRegex(@"^\+[1-9][0-9]{1,14}\z", RegexOptions.CultureInvariant)]
    private static partial Regex E164();
}
