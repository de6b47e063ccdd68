using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;
using Microsoft.Extensions.Logging;

namespace DotMac.Plugins.Sdk.Webhooks;

/// <summary>Posts events to the receiver of the config in force.</summary>
internal sealed class EventPublisher(
    HttpClient http, Func<EventReceiver?> receiver, string source, TimeProvider timeProvider, ILogger<EventPublisher> logger) : IEventPublisher
{
    /// <summary>The receiver's name in the status.</summary>
    public const string Upstream = "events";

    private const string Receiver = "The receiver of events";

    /// <inheritdoc/>
    public async Task PublishAsync(PluginEvent happened, PluginContext context, CancellationToken cancellationToken)
    {
        if (receiver() is not { } to)
        {
            logger.LogInformation("{Type} {Id} {Subject}: nobody to tell, config.events is not set ({CorrelationId})", happened.Type, happened.Id, happened.Subject, context.CorrelationId);
            return;
        }

        var request = new HttpRequestMessage(HttpMethod.Post, to.Url) { Content = new ByteArrayContent(Write(happened, context)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json") { CharSet = "utf-8" };
        if (to.Token is { Length: > 0 } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        // Receivers tell repetitions by the id.
        request.Options.Set(RetryRules.IsIdempotent, true);
        VendorAnswer answer = await http.AskAsync(Receiver, request, timeProvider, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw new VendorException($"{Receiver} refused the event: it answered {(int)answer.Status}.");
        }

        logger.LogInformation("{Type} {Id} {Subject} handed over ({CorrelationId})", happened.Type, happened.Id, happened.Subject, context.CorrelationId);
    }

    private byte[] Write(PluginEvent happened, PluginContext context)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", happened.Id);
            json.WriteString("source", $"/tenants/{context.Tenant}/plugins/{source}");
            json.WriteString("type", happened.Type);
            if (happened.Subject is not null)
            {
                json.WriteString("subject", happened.Subject);
            }

            json.WriteString("time", happened.Time ?? timeProvider.GetUtcNow());
            json.WriteString("datacontenttype", "application/json");
            json.WritePropertyName("data");
            happened.Data.WriteTo(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
