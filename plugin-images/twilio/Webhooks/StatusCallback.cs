using System.Globalization;
using System.Text.Json;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Twilio.Webhooks;

/// <summary>Turns Twilio's report on a message into an event.</summary>
internal static class StatusCallback
{
    /// <summary>The webhook's name.</summary>
    public const string Name = "status";

    private const string TypePrefix = "io.dotmac.twilio.message.";

    /// <summary>The event that a verified callback tells of.</summary>
    /// <param name="request">The callback.</param>
    /// <returns>The event. Its id is the same when Twilio repeats itself: a message has each status once.</returns>
    /// <exception cref="InvalidRequestException">It is no report on a message.</exception>
    public static PluginEvent ToEvent(WebhookRequest request)
    {
        IReadOnlyDictionary<string, string> fields = CallbackBody.Fields(request);
        if (Field(fields, "MessageSid", "SmsSid") is not { } sid || Field(fields, "MessageStatus", "SmsStatus") is not { } status)
        {
            throw new InvalidRequestException("The callback has no MessageSid or no MessageStatus. Give Twilio this address as a message's status callback alone.");
        }

        var details = new MessageStatus(
            sid,
            status,
            Field(fields, "To"),
            Field(fields, "From"),
            Field(fields, "MessagingServiceSid"),
            int.TryParse(Field(fields, "ErrorCode"), NumberStyles.None, CultureInfo.InvariantCulture, out int code) ? code : null,
            Field(fields, "ErrorMessage"));
        return new PluginEvent($"{sid}:{status}", TypePrefix + status, JsonSerializer.SerializeToElement(details, MessageStatusJson.Default.MessageStatus)) { Subject = sid };
    }

    // The names beginning with Sms are those of older API versions.
    private static string? Field(IReadOnlyDictionary<string, string> fields, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (fields.GetValueOrDefault(name) is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }
}
