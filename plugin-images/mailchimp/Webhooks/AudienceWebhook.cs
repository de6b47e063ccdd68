using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Mailchimp.Api;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Webhooks;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace DotMac.Plugins.Mailchimp.Webhooks;

/// <summary>Hands on what happened to members of an audience.</summary>
internal sealed class AudienceWebhook(IEventPublisher events)
{
    /// <summary>Takes one verified callback. A GET is Mailchimp asking whether anybody is there.</summary>
    public async Task<WebhookResponse> HandleAsync(WebhookRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        if (request.Method == "POST")
        {
            await events.PublishAsync(Read(request), context, cancellationToken);
        }

        // 200 and nothing else is what Mailchimp takes for an answer.
        return new WebhookResponse(200);
    }

    /// <summary>Reads the form: <c>type</c>, <c>fired_at</c>, <c>data[…]</c>, <c>data[merges][…]</c>.</summary>
    /// <exception cref="InvalidRequestException">It is none of Mailchimp's.</exception>
    internal static PluginEvent Read(WebhookRequest request)
    {
        using var reader = new FormReader(request.Text());
        Dictionary<string, StringValues> form;
        try
        {
            form = reader.ReadForm();
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidRequestException("The body is not a form of Mailchimp's.", innerException: exception);
        }

        string type = form.GetValueOrDefault("type").ToString();
        if (type.Length is 0 or > 64 || !type.All(static c => char.IsAsciiLetterLower(c) || c == '_'))
        {
            throw new InvalidRequestException("The body is not a form of Mailchimp's: it has no type.");
        }

        var data = new JsonObject();
        foreach ((string name, StringValues value) in form.Where(static field => field.Key.StartsWith("data[", StringComparison.Ordinal)))
        {
            Set(data, [.. name["data".Length..].Split('[', ']').Where(static part => part.Length > 0)], value.ToString());
        }

        // Mailchimp gives callbacks no id. A repetition is the same bytes, so their hash tells.
        return new PluginEvent(Convert.ToHexStringLower(SHA256.HashData(request.Body.Span))[..32], $"io.dotmac.mailchimp.{type}", JsonElement.Parse(data.ToJsonString()))
        {
            // Subjects are logged, and addresses are people's.
            Subject = form.GetValueOrDefault("data[email]").ToString() is { Length: > 0 } email ? SubscriberHash.Of(email) : null,
            Time = DateTimeOffset.TryParseExact(
                form.GetValueOrDefault("fired_at").ToString(), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : null,
        };
    }

    private static void Set(JsonObject into, IReadOnlyList<string> path, string value)
    {
        if (path.Count is 0 or > 4)
        {
            return;
        }

        foreach (string name in path.SkipLast(1))
        {
            if (into[name] is not JsonObject inner)
            {
                inner = [];
                into[name] = inner;
            }

            into = inner;
        }

        into[path[^1]] = value;
    }
}
