using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;

namespace DotMac.Plugins.Slack.Api;

/// <summary>Slack's Web API: forms in, JSON out.</summary>
internal sealed class SlackClient(HttpClient http, TimeProvider timeProvider)
{
    /// <summary>The vendor's name, for messages.</summary>
    public const string Vendor = "Slack";

    /// <summary>Calls a method.</summary>
    /// <returns>The answer, when Slack did it.</returns>
    /// <exception cref="PluginException">Slack refused or failed.</exception>
    public async Task<T> CallAsync<T>(SlackConfig config, SlackMethod method, SlackForm form, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : SlackReply
    {
        HttpRequestMessage request = RequestOf(config.BaseUrl, method, form);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", config.BotToken);
        request.Options.Set(RetryRules.IsIdempotent, method.IsIdempotent);
        VendorAnswer answer = await http.AskAsync(Vendor, request, timeProvider, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw SlackErrors.Map(answer, answer.TryRead(SlackJson.Default.SlackReply), method);
        }

        T reply = answer.Read(type);
        return reply.Ok ? reply : throw SlackErrors.Map(answer, reply, method);
    }

    /// <summary>Sends a file's bytes to where Slack wants them. The address is the permission: the token does not go there.</summary>
    /// <exception cref="PluginException">Slack wants them elsewhere, refused or failed.</exception>
    public async Task UploadAsync(SlackConfig config, string? uploadUrl, byte[] content, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, UploadAddress.Of(uploadUrl, config.BaseUrl)) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        VendorAnswer answer = await http.AskAsync(Vendor, request, timeProvider, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw answer.Status switch
            {
                HttpStatusCode.TooManyRequests => new VendorRateLimitException("Slack limits the rate of uploads.", answer.RetryAfter),
                HttpStatusCode.ServiceUnavailable => new VendorUnavailableException("Slack takes no uploads for the moment.", answer.RetryAfter),
                _ => new VendorException($"Slack did not take the file's bytes: it answered {(int)answer.Status}. Nothing was shared."),
            };
        }
    }

    private static HttpRequestMessage RequestOf(Uri baseUrl, SlackMethod method, SlackForm form)
    {
        string address = $"{baseUrl.AbsoluteUri.TrimEnd('/')}/api/{method.Name}";
        if (method.Verb != HttpMethod.Get)
        {
            return new HttpRequestMessage(method.Verb, new Uri(address)) { Content = new FormUrlEncodedContent(form.Fields) };
        }

        string query = string.Join('&', form.Fields.Select(static field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        return new HttpRequestMessage(method.Verb, new Uri(query.Length == 0 ? address : $"{address}?{query}"));
    }
}
