using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Stripe.Operations;

/// <summary>What to list.</summary>
/// <param name="Resource">Of which kind.</param>
/// <param name="MaxItems">How many at most, over all pages.</param>
/// <param name="StartingAfter">The id of the last object that is known already.</param>
/// <param name="Customer">Only those of a customer: payment intents and charges.</param>
/// <param name="Email">Only those with this address: customers.</param>
/// <param name="PaymentIntent">Only those of a payment: charges and refunds.</param>
/// <param name="Charge">Only those of a charge: refunds.</param>
/// <param name="CreatedAfter">Only those made at this time or later.</param>
/// <param name="CreatedBefore">Only those made before this time.</param>
public sealed record ListRequest(
    [Description("Of which kind.")] ListResource Resource,
    [Range(1, 10_000), Description("How many at most, over all pages.")] int MaxItems = 100,
    [RegularExpression(StripeForms.Id), Description("The id of the last object that is known already.")] string? StartingAfter = null,
    [RegularExpression(StripeForms.Id), Description("Only those of a customer: payment intents and charges.")] string? Customer = null,
    [StringLength(512), Description("Only those with this address: customers.")] string? Email = null,
    [RegularExpression(StripeForms.PaymentIntent), Description("Only those of a payment: charges and refunds.")] string? PaymentIntent = null,
    [RegularExpression(StripeForms.Id), Description("Only those of a charge: refunds.")] string? Charge = null,
    [Description("Only those made at this time or later.")] DateTimeOffset? CreatedAfter = null,
    [Description("Only those made before this time.")] DateTimeOffset? CreatedBefore = null) : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Email is not null && Resource != ListResource.Customers)
        {
            yield return new ValidationResult("Stripe filters only customers by this.", [nameof(Email)]);
        }

        if (Customer is not null && Resource is not (ListResource.PaymentIntents or ListResource.Charges))
        {
            yield return new ValidationResult("Stripe filters only payment intents and charges by this.", [nameof(Customer)]);
        }

        if (PaymentIntent is not null && Resource is not (ListResource.Charges or ListResource.Refunds))
        {
            yield return new ValidationResult("Stripe filters only charges and refunds by this.", [nameof(PaymentIntent)]);
        }

        if (Charge is not null && Resource != ListResource.Refunds)
        {
            yield return new ValidationResult("Stripe filters only refunds by this.", [nameof(Charge)]);
        }

        if (CreatedAfter >= CreatedBefore)
        {
            yield return new ValidationResult("Must be before createdBefore.", [nameof(CreatedAfter)]);
        }
    }
}
