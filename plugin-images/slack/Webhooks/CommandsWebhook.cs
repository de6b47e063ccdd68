using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Webhooks;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace DotMac.Plugins.Slack.Webhooks;

/// <summary>
/// Slash commands (https://docs.slack.dev/interactivity/implementing-slash-commands): hands them on and tells their user that they arrived. What they answer
/// comes from the receiver of events, by the command's <c>response_url</c>.
/// </summary>
internal sealed class CommandsWebhook(IEventPublisher events)
{
    /// <summary>Takes one verified callback.</summary>
    public async Task<WebhookResponse> HandleAsync(WebhookRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        Dictionary<string, StringValues> form = QueryHelpers.ParseQuery(request.Text());

        // Slack looks now and then whether the address has a good certificate.
        if (form.GetValueOrDefault("ssl_check") == "1")
        {
            return new WebhookResponse(200);
        }

        await events.PublishAsync(Read(form, request.Header(SlackSignature.TimeHeader)), context, cancellationToken);
        var answer = new JsonObject { ["response_type"] = "ephemeral", ["text"] = $"{form["command"]} was received." };
        return new WebhookResponse(200, "application/json", Encoding.UTF8.GetBytes(answer.ToJsonString()));
    }

    /// <summary>Reads a command.</summary>
    /// <exception cref="InvalidRequestException">It is none.</exception>
    internal static PluginEvent Read(IReadOnlyDictionary<string, StringValues> form, string time)
    {
        string? id = form.TryGetValue("trigger_id", out StringValues trigger) ? trigger[0] : null;
        if (string.IsNullOrEmpty(id) || !form.TryGetValue("command", out StringValues command) || StringValues.IsNullOrEmpty(command))
        {
            throw new InvalidRequestException("The body is not a slash command of Slack's.");
        }

        // The token is Slack's older way to prove itself. It is a secret, and nobody's business behind this door.
        var data = new JsonObject(form.Where(static field => field.Key != "token").Select(static field => KeyValuePair.Create<string, JsonNode?>(field.Key, field.Value.ToString())));
        return new PluginEvent(id, "io.dotmac.slack.slash_command", JsonSerializer.SerializeToElement(data))
        {
            Subject = form.TryGetValue("channel_id", out StringValues channel) ? channel.ToString() : null,
            Time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(time, NumberStyles.None, CultureInfo.InvariantCulture)),
        };
    }
}
