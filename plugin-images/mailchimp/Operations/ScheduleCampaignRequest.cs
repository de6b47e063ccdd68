using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Mailchimp.Operations;

/// <summary>A campaign to send later.</summary>
/// <param name="CampaignId">The campaign's id.</param>
/// <param name="At">When: at a quarter of an hour.</param>
public sealed record ScheduleCampaignRequest(
    [Required, RegularExpression(MailchimpForms.Id), Description("The campaign's id.")] string CampaignId,
    [Description("When: at a quarter of an hour.")] DateTimeOffset At) : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (At.UtcTicks % TimeSpan.FromMinutes(15).Ticks != 0)
        {
            yield return new ValidationResult("Mailchimp sends only at :00, :15, :30 and :45.", [nameof(At)]);
        }
    }
}
