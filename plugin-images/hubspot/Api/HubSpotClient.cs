using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;

namespace DotMac.Plugins.HubSpot.Api;

/// <summary>HubSpot's REST API (https://developers.hubspot.com/docs/api-reference): JSON both ways, the token of a private app.</summary>
internal sealed class HubSpotClient(HttpClient http, TimeProvider timeProvider)
{
    /// <summary>The vendor's name, for messages.</summary>
    public const string Vendor = "HubSpot";

    /// <summary>Reads the first contact.</summary>
    /// <exception cref="PluginException">HubSpot refused or failed.</exception>
    public Task ReadOneContactAsync(HubSpotConfig config, CancellationToken cancellationToken) =>
        SendAsync(config, HubSpotCalls.ReadOneContact, HubSpotJson.Default.HubSpotPage, cancellationToken);

    /// <summary>Asks, and reads the answer.</summary>
    /// <exception cref="PluginException">HubSpot refused or failed.</exception>
    public async Task<T> SendAsync<T>(HubSpotConfig config, HubSpotCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        (await AskAsync(config, call, cancellationToken)).Read(type);

    /// <summary>Asks.</summary>
    /// <returns>The answer; its status is a success.</returns>
    /// <exception cref="PluginException">HubSpot refused or failed.</exception>
    public async Task<VendorAnswer> AskAsync(HubSpotConfig config, HubSpotCall call, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(call.Method, new Uri($"{config.BaseUrl.AbsoluteUri.TrimEnd('/')}{call.Path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", config.AccessToken);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (call.Body is not null)
        {
            request.Content = new ByteArrayContent(call.Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        if (call.OnlyReads)
        {
            request.Options.Set(RetryRules.IsIdempotent, true);
        }

        VendorAnswer answer = await http.AskAsync(Vendor, request, timeProvider, cancellationToken);
        return answer.IsSuccess ? answer : throw HubSpotErrors.Map(answer, HubSpotError.Read(answer.Body.Span), call.Places, call.NotFound);
    }
}
