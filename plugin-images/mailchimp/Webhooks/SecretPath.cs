using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Mailchimp.Webhooks;

/// <summary>Mailchimp signs nothing; that the address is known is all the proof there is (https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks).</summary>
internal sealed class SecretPath(Func<string?> secret) : IWebhookVerifier
{
    /// <inheritdoc/>
    public bool Verify(WebhookRequest request) => secret() is { } known && WebhookSignature.AreEqual(known, request.Rest);
}
