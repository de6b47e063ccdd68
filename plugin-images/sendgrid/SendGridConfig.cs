using System.ComponentModel.DataAnnotations;
using DotMac.Plugins.Sdk.Webhooks;
using DotMac.Plugins.SendGrid.Operations;
using DotMac.Plugins.SendGrid.Webhooks;

namespace DotMac.Plugins.SendGrid;

/// <summary>The config of the plugin. <c>apiKey</c> should be a reference.</summary>
public sealed record SendGridConfig : IValidatableObject
{
    /// <summary>An API key with the scope <c>mail.send</c>: a secret.</summary>
    [Required]
    public required string ApiKey { get; init; }

    /// <summary>The address that mails come from, unless a call says otherwise; one that SendGrid has verified.</summary>
    [RegularExpression(SendGridForms.Email), StringLength(SendGridForms.MaxEmail)]
    public string? FromEmail { get; init; }

    /// <summary>The name beside <see cref="FromEmail"/>.</summary>
    [RegularExpression(SendGridForms.OneLine), StringLength(SendGridForms.MaxName)]
    public string? FromName { get; init; }

    /// <summary>The verification key of the signed event webhook: base64 of a SubjectPublicKeyInfo. Without it no callback is taken.</summary>
    public string? WebhookPublicKey { get; init; }

    /// <summary>Where SendGrid's API is.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.sendgrid.com");

    /// <summary>Where verified callbacks go; null: they are logged.</summary>
    public EventReceiver? Events { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!BaseUrl.IsAbsoluteUri || BaseUrl.Scheme is not ("https" or "http") || BaseUrl.Query.Length > 0 || BaseUrl.Fragment.Length > 0)
        {
            yield return new ValidationResult("Must be an absolute https URL without a query, such as https://api.sendgrid.com.", [nameof(BaseUrl)]);
        }

        if (!ApiKey.All(char.IsAscii) || ApiKey.Any(char.IsControl))
        {
            yield return new ValidationResult("Must be the key as SendGrid shows it; a file's last line break does not belong to it.", [nameof(ApiKey)]);
        }

        if (FromName is not null && FromEmail is null)
        {
            yield return new ValidationResult("A name needs an address: set fromEmail.", [nameof(FromEmail)]);
        }

        if (WebhookPublicKey is not null && !EventSignature.IsKey(WebhookPublicKey))
        {
            yield return new ValidationResult(
                "Must be the verification key that SendGrid shows beside the signed event webhook, in base64: a public key of the curve P-256.", [nameof(WebhookPublicKey)]);
        }
    }

    /// <summary>A placeholder: a record would print its secrets.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(SendGridConfig);
}
