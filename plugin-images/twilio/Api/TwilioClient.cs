using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.Twilio.Operations;

namespace DotMac.Plugins.Twilio.Api;

/// <summary>The three calls of Twilio's REST API, version 2010-04-01, that the plugin makes.</summary>
internal sealed class TwilioClient(HttpClient http, TimeProvider timeProvider)
{
    /// <summary>CreateMessage. Not idempotent: Twilio has no idempotency key, so an unclear failure is never repeated.</summary>
    public Task<TwilioMessage> CreateMessageAsync(TwilioConfig config, SendSmsRequest message, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string> { ["To"] = message.To, ["Body"] = message.Body };
        if (message.From is not null)
        {
            form["From"] = message.From;
        }
        else if (config.MessagingServiceSid is not null)
        {
            form["MessagingServiceSid"] = config.MessagingServiceSid;
        }
        else
        {
            form["From"] = config.PhoneNumber!;
        }

        var request = new HttpRequestMessage(HttpMethod.Post, At(config, "/Messages.json")) { Content = new FormUrlEncodedContent(form) };
        return SendAsync(request, config, TwilioJson.Default.TwilioMessage, notFound: null, message.From is not null, cancellationToken);
    }

    /// <summary>FetchMessage.</summary>
    public Task<TwilioMessage> FetchMessageAsync(TwilioConfig config, string sid, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Get, At(config, $"/Messages/{sid}.json")),
        config,
        TwilioJson.Default.TwilioMessage,
        notFound: $"The account has no message {sid}.",
        callerChoseSender: false,
        cancellationToken);

    /// <summary>FetchAccount.</summary>
    public Task<TwilioAccount> FetchAccountAsync(TwilioConfig config, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Get, At(config, ".json")), config, TwilioJson.Default.TwilioAccount, notFound: null, callerChoseSender: false, cancellationToken);

    private static Uri At(TwilioConfig config, string rest) => new(config.BaseUrl, $"/2010-04-01/Accounts/{config.AccountSid}{rest}");

    private async Task<T> SendAsync<T>(
        HttpRequestMessage request, TwilioConfig config, JsonTypeInfo<T> answer, string? notFound, bool callerChoseSender, CancellationToken cancellationToken)
        where T : class
    {
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{config.AccountSid}:{config.AuthToken}")));
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? Parse(body, answer) ?? throw new VendorException("Twilio's answer could not be understood.")
                : throw TwilioErrors.Map(
                    response.StatusCode, Parse(body, TwilioJson.Default.TwilioError), RetryRules.RetryAfter(response, timeProvider.GetUtcNow()), notFound, callerChoseSender);
        }
    }

    private static T? Parse<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            // A proxy's HTML, or nothing at all.
            return null;
        }
    }
}
