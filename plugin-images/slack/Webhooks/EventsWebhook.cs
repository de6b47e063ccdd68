using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Slack.Webhooks;

/// <summary>
/// Slack's Events API (https://docs.slack.dev/apis/events-api): answers the challenge with which Slack checks the address, and hands events on. What Slack
/// repeats (<c>X-Slack-Retry-Num</c>) is handed on again: the first time may have failed, and the id is the same.
/// </summary>
internal sealed class EventsWebhook(IEventPublisher events)
{
    /// <summary>Takes one verified callback.</summary>
    public async Task<WebhookResponse> HandleAsync(WebhookRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        (string? challenge, PluginEvent? happened) = Read(request.Body);
        if (happened is not null)
        {
            await events.PublishAsync(happened, context, cancellationToken);
        }

        return challenge is null ? new WebhookResponse(200) : new WebhookResponse(200, "text/plain", Encoding.UTF8.GetBytes(challenge));
    }

    /// <summary>Reads a callback: a challenge to answer, or an event.</summary>
    /// <exception cref="InvalidRequestException">It is neither.</exception>
    internal static (string? Challenge, PluginEvent? Happened) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            JsonObject callback = JsonNode.Parse(body.Span, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject ?? throw NoEvent();
            return Text(callback, "type") == "url_verification" ? (Text(callback, "challenge") ?? throw NoEvent(), null) : (null, Read(callback));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or text that is no valid Unicode.
            throw NoEvent(exception);
        }
    }

    private static PluginEvent Read(JsonObject callback)
    {
        // Slack's older way to prove itself. It is a secret, and nobody's business behind this door.
        callback.Remove("token");
        JsonElement data = JsonSerializer.SerializeToElement(callback);
        return Text(callback, "type") switch
        {
            "event_callback" when Text(callback, "event_id") is { } id && callback["event"] is JsonObject happened && Text(happened, "type") is { } type =>
                new PluginEvent(id, $"io.dotmac.slack.{type}", data) { Subject = ChannelOf(happened), Time = Time(callback, "event_time") },

            // More happens in a minute than Slack sends: the tenant must know that some events are missing.
            "app_rate_limited" when Number(callback, "minute_rate_limited") is { } minute =>
                new PluginEvent(
                    string.Create(CultureInfo.InvariantCulture, $"app_rate_limited-{Text(callback, "team_id")}-{minute}"), "io.dotmac.slack.app_rate_limited", data)
                {
                    Time = Time(callback, "minute_rate_limited"),
                },
            _ => throw NoEvent(),
        };
    }

    // A message's channel is an id, a new channel's an object, a reaction's is with the item that it was given to.
    private static string? ChannelOf(JsonObject happened) =>
        Text(happened, "channel")
        ?? (happened["channel"] is JsonObject channel ? Text(channel, "id") : null)
        ?? (happened["item"] is JsonObject item ? Text(item, "channel") : null);

    private static string? Text(JsonObject from, string name) =>
        from[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    private static long? Number(JsonObject from, string name) => from[name] is JsonValue value && value.TryGetValue(out long number) ? number : null;

    private static DateTimeOffset? Time(JsonObject from, string name) =>
        Number(from, name) is >= 0 and <= 253_402_300_799 and { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static InvalidRequestException NoEvent(Exception? inner = null) => new("The body is not an event of Slack's.", innerException: inner);
}
