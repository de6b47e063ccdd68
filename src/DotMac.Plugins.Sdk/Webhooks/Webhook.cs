namespace DotMac.Plugins.Sdk.Webhooks;

/// <summary>A vendor callback that a plugin takes at <c>POST /v1/webhooks/{name}</c>, also with further segments behind the name.</summary>
/// <param name="Name">Its name in the URL: <c>[a-z][a-z0-9_]*</c>, at most 63 characters.</param>
/// <param name="Description">What the vendor reports with it, for people.</param>
/// <param name="Verifier">Checks that the vendor sent it, before anything of it is parsed.</param>
/// <param name="HandleAsync">Handles it. Runs only for verified requests. Vendors repeat callbacks: handling one twice must do no harm.</param>
public sealed record Webhook(
    string Name,
    string Description,
    IWebhookVerifier Verifier,
    Func<WebhookRequest, PluginContext, CancellationToken, Task<WebhookResponse>> HandleAsync)
{
    /// <summary>Whether GET is taken as well, for vendors that check the address by it. It is verified like a POST.</summary>
    public bool TakesGet { get; init; }
}
