using System.ComponentModel.DataAnnotations;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.HubSpot;

/// <summary>The config of the plugin. <c>accessToken</c> and <c>clientSecret</c> should be references.</summary>
public sealed record HubSpotConfig : IValidatableObject
{
    /// <summary>The private app's access token, <c>pat-…</c>: a secret.</summary>
    [Required]
    [RegularExpression("[!-~]+", ErrorMessage = "Must be the token alone, without blanks or line ends.")]
    public required string AccessToken { get; init; }

    /// <summary>The app's client secret, which signs callbacks: a secret. Without it no callback is taken.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Where HubSpot's API is.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.hubapi.com");

    /// <summary>Where verified callbacks go; null: they are logged.</summary>
    public EventReceiver? Events { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!BaseUrl.IsAbsoluteUri || BaseUrl.Scheme is not ("https" or "http") || BaseUrl.Query.Length > 0 || BaseUrl.Fragment.Length > 0)
        {
            yield return new ValidationResult("Must be an absolute https URL without a query, such as https://api.hubapi.com.", [nameof(BaseUrl)]);
        }
    }

    /// <summary>A placeholder: a record would print its secrets.</summary>
    public override string ToString() => nameof(HubSpotConfig);
}
