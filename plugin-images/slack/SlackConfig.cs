using System.ComponentModel.DataAnnotations;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Slack;

/// <summary>The config of the plugin. <c>botToken</c> and <c>signingSecret</c> should be references.</summary>
public sealed record SlackConfig : IValidatableObject
{
    /// <summary>The token of the app's bot, <c>xoxb-…</c>: a secret.</summary>
    [Required]
    public required string BotToken { get; init; }

    /// <summary>What Slack signs its callbacks with: a secret. Without it no callback is taken.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>Where Slack is; its Web API is below, at <c>/api/</c>.</summary>
    public Uri BaseUrl { get; init; } = new("https://slack.com");

    /// <summary>Where verified callbacks go; null: they are logged.</summary>
    public EventReceiver? Events { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!BaseUrl.IsAbsoluteUri || BaseUrl.Scheme is not ("https" or "http") || BaseUrl.Query.Length > 0 || BaseUrl.Fragment.Length > 0)
        {
            yield return new ValidationResult("Must be an absolute https URL without a query, such as https://slack.com.", [nameof(BaseUrl)]);
        }

        if (BotToken.StartsWith("xapp-", StringComparison.Ordinal))
        {
            yield return new ValidationResult(
                "This is an app-level token; the bot's, xoxb-…, is under OAuth & Permissions in the app's settings.", [nameof(BotToken)]);
        }

        if (!BotToken.All(char.IsAscii) || BotToken.Any(char.IsControl))
        {
            yield return new ValidationResult("Holds characters that no token has, such as a line break.", [nameof(BotToken)]);
        }
    }

    /// <summary>A placeholder: a record would print its secrets.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(SlackConfig);
}
