using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Mailchimp;

/// <summary>The config of the plugin. <c>apiKey</c> and <c>webhookSecret</c> should be references.</summary>
public sealed partial record MailchimpConfig : IValidatableObject
{
    /// <summary>The account's API key, a secret; behind its last dash stands the data centre: <c>…-us6</c>.</summary>
    [Required]
    public required string ApiKey { get; init; }

    /// <summary>The last part of the webhook's address, a secret: Mailchimp signs nothing. Without it no callback is taken.</summary>
    [StringLength(128, MinimumLength = 16), RegularExpression("[A-Za-z0-9_-]+")]
    public string? WebhookSecret { get; init; }

    /// <summary>Where Mailchimp's API is; null: where the key's data centre says.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Where verified callbacks go; null: they are logged.</summary>
    public EventReceiver? Events { get; init; }

    /// <summary>Where requests go.</summary>
    internal string Root => BaseUrl?.AbsoluteUri.TrimEnd('/') ?? $"https://{ApiKey[(ApiKey.LastIndexOf('-') + 1)..]}.api.mailchimp.com";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!DataCentre().IsMatch(ApiKey))
        {
            yield return new ValidationResult("Must end with a dash and the data centre, such as -us6, as Mailchimp shows it.", [nameof(ApiKey)]);
        }

        if (BaseUrl is not null && (!BaseUrl.IsAbsoluteUri || BaseUrl.Scheme is not ("https" or "http")))
        {
            yield return new ValidationResult("Must be an absolute https URL, such as https://us6.api.mailchimp.com.", [nameof(BaseUrl)]);
        }
    }

    /// <summary>A placeholder: a record would print its secrets.</summary>
    public override string ToString() => nameof(MailchimpConfig);

    // It becomes a part of the host's name, so nothing else may stand there.
    [GeneratedRegex(@"-[a-z]{2,4}[0-9]{1,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex DataCentre();
}
