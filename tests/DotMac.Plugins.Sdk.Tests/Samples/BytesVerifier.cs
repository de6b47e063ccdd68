using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Sdk.Tests.Samples;

/// <summary>The signature is the body's length: enough to see that the raw bytes arrive.</summary>
internal sealed class BytesVerifier : IWebhookVerifier
{
    public bool Verify(WebhookRequest request) =>
        request.Headers.TryGetValue("x-signature", out string? signature) && signature == request.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
