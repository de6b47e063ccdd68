using System.ComponentModel.DataAnnotations;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Twilio;

/// <summary>The config of the plugin. <c>authToken</c> should be a reference.</summary>
public sealed record TwilioConfig : IValidatableObject
{
    /// <summary>The account's SID.</summary>
    [RegularExpression(TwilioForms.AccountSid)]
    public required string AccountSid { get; init; }

    /// <summary>The account's token: a secret.</summary>
    [Required]
    public required string AuthToken { get; init; }

    /// <summary>The number that messages come from (E.164), unless a call or a messaging service says otherwise.</summary>
    [RegularExpression(TwilioForms.E164)]
    public string? PhoneNumber { get; init; }

    /// <summary>The messaging service that picks the sender.</summary>
    [RegularExpression(TwilioForms.MessagingServiceSid)]
    public string? MessagingServiceSid { get; init; }

    /// <summary>Where the plugin tells what became of messages; null: nowhere but the log.</summary>
    public EventReceiver? Events { get; init; }

    /// <summary>Where Twilio's API is.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.twilio.com");

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PhoneNumber is null && MessagingServiceSid is null)
        {
            yield return new ValidationResult("Messages need a sender: set phoneNumber or messagingServiceSid.", [nameof(PhoneNumber)]);
        }

        if (!TwilioForms.IsWebAddress(BaseUrl))
        {
            yield return new ValidationResult("Must be an absolute https URL, such as https://api.twilio.com.", [nameof(BaseUrl)]);
        }
    }

    /// <summary>A placeholder: a record would print its secret.</summary>
    public override string ToString() => nameof(TwilioConfig);
}
