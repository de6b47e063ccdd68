using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.Sdk.Operations;
using DotMac.Plugins.Sdk.Webhooks;

namespace Pager;

/// <summary>Sends pages.</summary>
public sealed class PagerPlugin : BasePlugin
{
    private const string Vendor = "Pager Inc.";
    private IPluginConfig<PagerConfig>? _config;
    private HttpClient? _http;
    private TimeProvider? _time;

    /// <inheritdoc/>
    public override PluginInfo Info { get; } = new("pager", "Pager", "1.0.0") { Category = PluginCategory.Communication };

    /// <inheritdoc/>
    public override void Configure(PluginBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _time = builder.TimeProvider;
        _config = builder.UseConfig<PagerConfig>();

        // Time limits, retries, circuit breaker, counts: all of it comes with the client.
        _http = builder.CreateHttpClient(new PluginHttpClientOptions { Vendor = Vendor, Name = "pager", IdempotencyHeader = "Idempotency-Key" });
        builder.AddCheck(new CredentialsCheck(this));

        // The vendor tells when a page was read. Nothing is parsed before the signature is verified.
        IEventPublisher events = builder.PublishEvents(() => _config.Current.Events);
        builder.AddWebhook(new Webhook("receipt", "A page was read.", new ReceiptSignature(_config), async (request, context, cancellationToken) =>
        {
            JsonElement receipt = JsonElement.Parse(request.Body.Span);
            await events.PublishAsync(new PluginEvent(receipt.GetProperty("id").GetString()!, "example.pager.read", receipt), context, cancellationToken);
            return new WebhookResponse();
        }));
    }

    /// <summary>Sends a page.</summary>
    /// <param name="request">To whom and what.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The page's id.</returns>
    [PluginOperation("send_page", Description = "Sends a page.")]
    public async Task<SendPageAnswer> SendPageAsync(SendPageRequest request, CancellationToken cancellationToken)
    {
        using JsonContent body = JsonContent.Create(request, PagerJson.Default.SendPageRequest);
        VendorAnswer answer = await AskAsync(new HttpRequestMessage(HttpMethod.Post, "/pages") { Content = body }, cancellationToken);
        return answer.Read(PagerJson.Default.SendPageAnswer);
    }

    /// <summary>Asks the vendor; throws what callers are told when it refuses.</summary>
    internal async Task<VendorAnswer> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Read once a call: a rotated key is in force with the next one.
        PagerConfig config = _config!.Current;
        request.RequestUri = new Uri(config.BaseUrl, request.RequestUri!);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", config.ApiKey);
        VendorAnswer answer = await _http!.AskAsync(Vendor, request, _time!, cancellationToken);
        return answer.IsSuccess ? answer : throw answer.ToException(said: null, code: null, credentials: "apiKey");
    }
}
