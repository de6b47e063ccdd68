using System.Text.Json;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.SendGrid.Webhooks;

/// <summary>Hands SendGrid's events on, each under its own id.</summary>
internal sealed class EventWebhook(IEventPublisher events)
{
    // A batch has up to some thousands of events, and SendGrid waits seconds for the answer: one after the other would take too long.
    private const int AtATime = 8;

    // What SendGrid's machines add to a message's id on its way.
    private static readonly string[] Tails = [".filter", ".recvd"];

    /// <summary>Takes one verified batch. If one of its events is not taken, SendGrid hears of it and repeats the batch; receivers tell repetitions by the ids.</summary>
    public async Task<WebhookResponse> HandleAsync(WebhookRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        // Read whole first: of a batch that cannot be understood, nothing is handed on.
        IReadOnlyList<PluginEvent> batch = Read(request.Body);
        await Parallel.ForEachAsync(
            batch,
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (happened, token) => await events.PublishAsync(happened, context, token));
        return new WebhookResponse();
    }

    /// <summary>Reads a batch (https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event).</summary>
    /// <exception cref="InvalidRequestException">It is none.</exception>
    internal static IReadOnlyList<PluginEvent> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return [.. JsonElement.Parse(body.Span).EnumerateArray().Select(Event)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            throw new InvalidRequestException("The body is not an array of SendGrid's events.", innerException: exception);
        }
    }

    /// <summary>The id that <c>send_email</c> answered, in an event's longer one.</summary>
    internal static string MessageId(string id)
    {
        int tail = Tails.Select(mark => id.IndexOf(mark, StringComparison.Ordinal)).Where(static at => at > 0).DefaultIfEmpty(id.Length).Min();
        return id[..tail];
    }

    private static PluginEvent Event(JsonElement happened) => new(Text(happened, "sg_event_id"), $"io.dotmac.sendgrid.{Text(happened, "event")}", happened)
    {
        Subject = happened.TryGetProperty("sg_message_id", out JsonElement message) && message.GetString() is { Length: > 0 } id ? MessageId(id) : null,
        Time = DateTimeOffset.FromUnixTimeSeconds(happened.GetProperty("timestamp").GetInt64()),
    };

    private static string Text(JsonElement happened, string name) =>
        happened.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException($"{name} is empty.");
}
