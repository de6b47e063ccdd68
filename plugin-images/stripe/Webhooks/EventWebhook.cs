using System.Text.Json;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Stripe.Webhooks;

/// <summary>Hands Stripe's events on, each under its own id and type.</summary>
internal sealed class EventWebhook(IEventPublisher events)
{
    /// <summary>Takes one verified callback.</summary>
    public async Task<WebhookResponse> HandleAsync(WebhookRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        await events.PublishAsync(Read(request.Body), context, cancellationToken);
        return new WebhookResponse();
    }

    /// <summary>Reads an event (https://docs.stripe.com/api/events/object).</summary>
    /// <exception cref="InvalidRequestException">It is none.</exception>
    internal static PluginEvent Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            JsonElement happened = JsonElement.Parse(body.Span);
            return new PluginEvent(Text(happened, "id"), $"io.dotmac.stripe.{Text(happened, "type")}", happened.GetProperty("data"))
            {
                Subject = happened.GetProperty("data").TryGetProperty("object", out JsonElement subject) && subject.TryGetProperty("id", out JsonElement id) ? id.GetString() : null,
                Time = DateTimeOffset.FromUnixTimeSeconds(happened.GetProperty("created").GetInt64()),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            throw new InvalidRequestException("The body is not an event of Stripe's.", innerException: exception);
        }
    }

    private static string Text(JsonElement happened, string name) =>
        happened.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException($"{name} is empty.");
}
