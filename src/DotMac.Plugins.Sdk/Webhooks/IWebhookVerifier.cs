namespace DotMac.Plugins.Sdk.Webhooks;

/// <summary>Checks a vendor's signature.</summary>
public interface IWebhookVerifier
{
    /// <summary>
    /// Whether the vendor sent this. Works on the raw bytes, compares signatures in constant time
    /// (<see cref="System.Security.Cryptography.CryptographicOperations.FixedTimeEquals"/>), and refuses old timestamps where the vendor signs them.
    /// </summary>
    /// <param name="request">The request as it came. Nothing in it is to be trusted yet.</param>
    /// <returns>False refuses it with 403.</returns>
    bool Verify(WebhookRequest request);
}
