using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Twilio.Operations;

/// <summary>What to send.</summary>
/// <param name="To">The receiver's number, E.164.</param>
/// <param name="Body">The text; Twilio takes at most 1600 characters. Null only beside media.</param>
/// <param name="From">The sender: a number of the account, a short code or an alphanumeric sender id. Null: the config's.</param>
/// <param name="MessagingServiceSid">The messaging service that picks the sender; beside <paramref name="From"/>, which must be one of its senders. Null: the config's.</param>
/// <param name="MediaUrls">Pictures and the like (MMS), which Twilio fetches.</param>
/// <param name="StatusCallback">Where Twilio reports what becomes of the message. Null: to the plugin, if it can be reached from outside.</param>
public sealed record SendSmsRequest(
    [Required, RegularExpression(TwilioForms.E164), Description("The receiver's number, E.164, such as +15005550010.")] string To,
    [StringLength(1600, MinimumLength = 1), Description("The text; required unless there are mediaUrls.")] string? Body = null,
    [StringLength(34, MinimumLength = 1), Description("The sender, if not the config's.")] string? From = null,
    [RegularExpression(TwilioForms.MessagingServiceSid), Description("The messaging service that picks the sender, if not the config's.")] string? MessagingServiceSid = null,
    [MaxLength(TwilioForms.MaxMedia), Description("Addresses of at most 10 pictures or other media, which Twilio fetches (MMS).")] IReadOnlyList<Uri>? MediaUrls = null,
    [Description("Where Twilio reports what becomes of the message, if not to the plugin's own webhook.")] Uri? StatusCallback = null)
    : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Body is null && MediaUrls is not { Count: > 0 })
        {
            yield return new ValidationResult("A message needs a text or media: set body or mediaUrls.", [nameof(Body)]);
        }

        if (MediaUrls?.All(TwilioForms.IsWebAddress) == false)
        {
            yield return new ValidationResult("Must be absolute http or https URLs that Twilio can fetch, such as https://cdn.example.com/picture.png.", [nameof(MediaUrls)]);
        }

        if (StatusCallback is not null && !TwilioForms.IsWebAddress(StatusCallback))
        {
            yield return new ValidationResult("Must be an absolute http or https URL, such as https://hooks.example.com/sms.", [nameof(StatusCallback)]);
        }
    }
}
