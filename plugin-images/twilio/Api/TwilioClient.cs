using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.Twilio.Operations;
using Microsoft.AspNetCore.WebUtilities;

namespace DotMac.Plugins.Twilio.Api;

/// <summary>The four calls of Twilio's REST API, version 2010-04-01, that the plugin makes.</summary>
internal sealed class TwilioClient(HttpClient http, TimeProvider timeProvider)
{
    private const string Vendor = "Twilio";

    /// <summary>CreateMessage. Not idempotent: Twilio has no idempotency key, so an unclear failure is never repeated.</summary>
    /// <param name="config">The config in force.</param>
    /// <param name="message">What to send.</param>
    /// <param name="statusCallback">Where Twilio reports to unless the message says otherwise; null: nowhere.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    public Task<TwilioMessage> CreateMessageAsync(TwilioConfig config, SendSmsRequest message, Uri? statusCallback, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, At(config, "/Messages.json"))
        {
            Content = new FormUrlEncodedContent(MessageForm.Fields(config, message, statusCallback)),
        };
        return SendAsync(request, config, TwilioJson.Default.TwilioMessage, notFound: null, MessageForm.CallersFields(message), cancellationToken);
    }

    /// <summary>FetchMessage.</summary>
    public Task<TwilioMessage> FetchMessageAsync(TwilioConfig config, string sid, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Get, At(config, $"/Messages/{sid}.json")),
        config,
        TwilioJson.Default.TwilioMessage,
        notFound: $"The account has no message {sid}.",
        callersFields: [],
        cancellationToken);

    /// <summary>ListMessage: one page. The next one is asked at our address too, whatever host Twilio's link to it names.</summary>
    /// <param name="config">The config in force.</param>
    /// <param name="filters">Which messages.</param>
    /// <param name="page">Which page; null: the first.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    public Task<TwilioMessagePage> ListMessagesAsync(TwilioConfig config, ListMessagesRequest filters, PageCursor? page, CancellationToken cancellationToken)
    {
        // Twilio reads "DateSent>" as "at or after", and "DateSent<" as "at or before".
        string query = QueryHelpers.AddQueryString("", new Dictionary<string, string?>
        {
            ["To"] = filters.To,
            ["From"] = filters.From,
            ["DateSent>"] = Date(filters.SentAfter),
            ["DateSent<"] = Date(filters.SentBefore),
            ["PageSize"] = filters.PageSize.ToString(CultureInfo.InvariantCulture),
            ["Page"] = page?.Page,
            ["PageToken"] = page?.Token,
        });
        return SendAsync(
            new HttpRequestMessage(HttpMethod.Get, At(config, $"/Messages.json{query}")), config, TwilioJson.Default.TwilioMessagePage, notFound: null, callersFields: [], cancellationToken);
    }

    /// <summary>FetchAccount.</summary>
    public Task<TwilioAccount> FetchAccountAsync(TwilioConfig config, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Get, At(config, ".json")), config, TwilioJson.Default.TwilioAccount, notFound: null, callersFields: [], cancellationToken);

    private static Uri At(TwilioConfig config, string rest) => new(config.BaseUrl, $"/2010-04-01/Accounts/{config.AccountSid}{rest}");

    private static string? Date(DateTimeOffset? date) => date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private async Task<T> SendAsync<T>(
        HttpRequestMessage request, TwilioConfig config, JsonTypeInfo<T> type, string? notFound, IReadOnlyCollection<string> callersFields, CancellationToken cancellationToken)
        where T : class
    {
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{config.AccountSid}:{config.AuthToken}")));
        VendorAnswer answer = await http.AskAsync(Vendor, request, timeProvider, cancellationToken);
        return answer.IsSuccess ? answer.Read(type) : throw TwilioErrors.Map(answer, notFound, callersFields);
    }
}
