using DotMac.Plugins.Twilio.Operations;

namespace DotMac.Plugins.Twilio.Api;

/// <summary>The form of CreateMessage.</summary>
internal static class MessageForm
{
    /// <summary>The fields, in an order that does not matter to Twilio save for several media.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Fields(TwilioConfig config, SendSmsRequest message, Uri? statusCallback)
    {
        yield return new("To", message.To);
        if (message.Body is not null)
        {
            yield return new("Body", message.Body);
        }

        foreach (KeyValuePair<string, string> sender in Sender(config, message))
        {
            yield return sender;
        }

        foreach (Uri media in message.MediaUrls ?? [])
        {
            yield return new("MediaUrl", media.AbsoluteUri);
        }

        if ((message.StatusCallback ?? statusCallback) is { } callback)
        {
            yield return new("StatusCallback", callback.AbsoluteUri);
        }
    }

    /// <summary>The fields of a message that the caller chose, as pointers. A bad one of the others is the config's fault.</summary>
    public static IReadOnlyCollection<string> CallersFields(SendSmsRequest message) =>
    [
        "/to",
        "/body",
        .. message.From is null ? (string[])[] : ["/from"],
        .. message.MessagingServiceSid is null ? (string[])[] : ["/messagingServiceSid"],
        .. message.MediaUrls is null ? (string[])[] : ["/mediaUrls"],
        .. message.StatusCallback is null ? (string[])[] : ["/statusCallback"],
    ];

    // What the call names counts alone; the config's service wins over the config's number.
    private static IEnumerable<KeyValuePair<string, string>> Sender(TwilioConfig config, SendSmsRequest message)
    {
        bool named = message.From is not null || message.MessagingServiceSid is not null;
        string? service = named ? message.MessagingServiceSid : config.MessagingServiceSid;
        string? from = named ? message.From : service is null ? config.PhoneNumber : null;
        if (service is not null)
        {
            yield return new("MessagingServiceSid", service);
        }

        if (from is not null)
        {
            yield return new("From", from);
        }
    }
}
