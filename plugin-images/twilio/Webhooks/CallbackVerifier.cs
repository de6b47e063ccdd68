using System.Security.Cryptography;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Webhooks;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace DotMac.Plugins.Twilio.Webhooks;

/// <summary>Checks that a callback comes from Twilio. What is signed is the public URL, so without one there is nothing to verify and all is refused.</summary>
/// <param name="publicUrl">Where Twilio reaches the webhooks; null: nowhere.</param>
/// <param name="config">Has the token, which is the signature's key.</param>
internal sealed class CallbackVerifier(Uri? publicUrl, IPluginConfig<TwilioConfig> config) : IWebhookVerifier
{
    private const string SignatureHeader = "X-Twilio-Signature";
    private const string BodyHash = "bodySHA256";

    /// <inheritdoc/>
    public bool Verify(WebhookRequest request)
    {
        const string Prefix = $"{ContractPaths.Webhooks}/";
        if (publicUrl is null || !request.PathAndQuery.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        // A form's fields are in the signature; of any other body a hash is in the URL, and so in the signature.
        IReadOnlyList<KeyValuePair<string, string>>? form = CallbackBody.IsForm(request) ? CallbackBody.Form(request) : HasHash(request) ? [] : null;
        return form is not null
            && TwilioSignature.Fits(config.Current.AuthToken, publicUrl.AbsoluteUri + request.PathAndQuery[Prefix.Length..], form, request.Header(SignatureHeader));
    }

    private static bool HasHash(WebhookRequest request)
    {
        int query = request.PathAndQuery.IndexOf('?', StringComparison.Ordinal);
        return query >= 0
            && QueryHelpers.ParseQuery(request.PathAndQuery[query..]).TryGetValue(BodyHash, out StringValues hashes)
            && hashes is [{ } hash]
            && WebhookSignature.AreEqual(Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)), hash.ToLowerInvariant());
    }
}
