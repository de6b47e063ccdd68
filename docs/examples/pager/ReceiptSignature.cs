using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Webhooks;

namespace Pager;

/// <summary>The vendor signs the body: HMAC-SHA256, in hexadecimal.</summary>
internal sealed class ReceiptSignature(IPluginConfig<PagerConfig> config) : IWebhookVerifier
{
    /// <inheritdoc/>
    public bool Verify(WebhookRequest request) =>
        WebhookSignature.IsHmacSha256(config.Current.SigningSecret, request.Body.Span, request.Header("X-Pager-Signature"));
}
