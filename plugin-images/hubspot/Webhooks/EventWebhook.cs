using System.Text.Json;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.HubSpot.Webhooks;

/// <summary>Hands HubSpot's events on: a callback holds up to a hundred.</summary>
internal sealed class EventWebhook(IEventPublisher events)
{
    // HubSpot waits five seconds for an answer, so a hundred events cannot be handed on one after the other.
    private const int AtATime = 16;

    /// <summary>Takes one verified callback. If one event is not taken HubSpot repeats all: receivers tell by the ids.</summary>
    public async Task<WebhookResponse> HandleAsync(WebhookRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<PluginEvent> happened = Read(request.Body);
        await Parallel.ForEachAsync(
            happened,
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (one, token) => await events.PublishAsync(one, context, token));
        return new WebhookResponse();
    }

    /// <summary>Reads the events of a callback (https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide).</summary>
    /// <exception cref="InvalidRequestException">These are none.</exception>
    internal static IReadOnlyList<PluginEvent> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return [.. JsonElement.Parse(body.Span).EnumerateArray().Select(One)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            throw new InvalidRequestException("The body is not a list of HubSpot's events.", innerException: exception);
        }
    }

    private static PluginEvent One(JsonElement happened)
    {
        string type = happened.GetProperty("subscriptionType").GetString() is { Length: > 0 } given ? given : throw new FormatException();
        string? subject = Subject(happened);
        long occurred = happened.GetProperty("occurredAt").GetInt64();

        // HubSpot does not promise that its event ids are unique, but the same event has the same everything when it comes again.
        return new PluginEvent($"{happened.GetProperty("eventId").GetInt64()}-{Number(happened, "subscriptionId")}-{subject}-{occurred}", $"io.dotmac.hubspot.{type}", happened)
        {
            Subject = subject,
            Time = DateTimeOffset.FromUnixTimeMilliseconds(occurred),
        };
    }

    private static string? Subject(JsonElement happened) =>
        Number(happened, "objectId") ?? (Number(happened, "fromObjectId") is { } from ? $"{from}-{Number(happened, "toObjectId")}" : Number(happened, "primaryObjectId"));

    private static string? Number(JsonElement happened, string name) =>
        happened.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? value.ToString() : null;
}
