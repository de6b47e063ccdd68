using System.Text.Json;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Health;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Sdk.Tests.Samples;

/// <summary>A plugin with a vendor: asks it, is called back by it, tells of that.</summary>
public sealed class AskPlugin : BasePlugin
{
    private IPluginConfig<AskConfig>? _config;

    public override PluginInfo Info { get; } = new("ask", "Ask", "1.0.0");

    public PluginHttpClientOptions Http { get; init; } = new() { Vendor = "Ask & Co", RetryDelay = TimeSpan.FromMilliseconds(1) };

    public Uri? PublicUrl { get; private set; }

    public override void Configure(PluginBuilder builder)
    {
        _config = builder.UseConfig<AskConfig>();
        PublicUrl = builder.PublicUrl;
        HttpClient vendor = builder.CreateHttpClient(Http);
        IEventPublisher events = builder.PublishEvents(() => _config.Current.Events);
        builder.AddCheck(new SampleCheck(async token =>
        {
            VendorAnswer answer = await vendor.AskAsync("Ask & Co", new HttpRequestMessage(HttpMethod.Get, new Uri(_config.Current.BaseUrl, "check")), builder.TimeProvider, token);
            return answer.IsSuccess ? CheckResult.Healthy : throw answer.ToException(null, null, "token");
        }, TimeSpan.FromSeconds(10)));
        builder.AddOperation<AskRequest, AskAnswer>("ask", "Asks the vendor.", async (request, context, token) =>
        {
            var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(_config.Current.BaseUrl, "ask"));
            VendorAnswer answer = await vendor.AskAsync("Ask & Co", message, builder.TimeProvider, token);
            return answer.IsSuccess
                ? new AskAnswer(answer.Read(AskJson.Default.JsonElementBox).Id ?? "", context.User, context.IdempotencyKey)
                : throw answer.ToException("no\n", "E1", "token", "There is no such thing.");
        });
        builder.AddWebhook(new Webhook("hook", "Something happened.", new RestVerifier(() => _config.Current.Token), async (request, context, token) =>
        {
            await events.PublishAsync(
                new PluginEvent("e-1", "io.dotmac.ask.happened", JsonElement.Parse(request.Method == "GET" ? "{}" : request.Text())) { Subject = "s" }, context, token);
            return new WebhookResponse();
        })
        {
            TakesGet = true,
        });
    }

    private sealed class RestVerifier(Func<string> secret) : IWebhookVerifier
    {
        public bool Verify(WebhookRequest request) => WebhookSignature.AreEqual(secret(), request.Rest);
    }
}
