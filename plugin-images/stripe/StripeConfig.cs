using System.ComponentModel.DataAnnotations;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Stripe;

/// <summary>The config of the plugin. <c>secretKey</c> and <c>webhookSecret</c> should be references.</summary>
public sealed record StripeConfig : IValidatableObject
{
    /// <summary>The account's secret or restricted key: a secret.</summary>
    [Required]
    public required string SecretKey { get; init; }

    /// <summary>The signing secret of the webhook endpoint, <c>whsec_…</c>: a secret. Without it no callback is taken.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>Where Stripe's API is.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.stripe.com");

    /// <summary>Where verified callbacks go; null: they are logged.</summary>
    public EventReceiver? Events { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!BaseUrl.IsAbsoluteUri || BaseUrl.Scheme is not ("https" or "http"))
        {
            yield return new ValidationResult("Must be an absolute https URL, such as https://api.stripe.com.", [nameof(BaseUrl)]);
        }

        if (SecretKey.StartsWith("pk_", StringComparison.Ordinal))
        {
            yield return new ValidationResult("This is a publishable key; Stripe's dashboard has the secret one, sk_… or rk_…, beside it.", [nameof(SecretKey)]);
        }

        // A file's last line break comes with it easily, and no header can carry it.
        if (!IsOneWord(SecretKey))
        {
            yield return new ValidationResult("Holds blanks, line breaks or other characters that no key has; store the key alone.", [nameof(SecretKey)]);
        }

        if (WebhookSecret is not null && !IsOneWord(WebhookSecret))
        {
            yield return new ValidationResult("Holds blanks, line breaks or other characters that no signing secret has; store the secret alone.", [nameof(WebhookSecret)]);
        }
    }

    /// <summary>A placeholder: a record would print its secrets.</summary>
    public override string ToString() => nameof(StripeConfig);

    private static bool IsOneWord(string secret) => secret.All(static c => c is > ' ' and <= '~');
}
