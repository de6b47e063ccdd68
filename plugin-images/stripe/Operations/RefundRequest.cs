using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Stripe.Operations;

/// <summary>Money to give back.</summary>
/// <param name="PaymentIntent">The payment's id; this or <paramref name="Charge"/>.</param>
/// <param name="Charge">The charge's id.</param>
/// <param name="Amount">How much, in the currency's smallest unit. Null: all that is left.</param>
/// <param name="Reason">Why: duplicate, fraudulent or requested_by_customer.</param>
/// <param name="Metadata">The caller's own names and values, at most 50.</param>
public sealed record RefundRequest(
    [RegularExpression(StripeForms.PaymentIntent), Description("The payment intent's id; this or charge.")] string? PaymentIntent = null,
    [RegularExpression(StripeForms.Id), Description("The charge's id; this or paymentIntent.")] string? Charge = null,
    [Range(1, 99_999_999), Description("How much, in the currency's smallest unit; left out: all that is left.")] long? Amount = null,
    [RegularExpression("duplicate|fraudulent|requested_by_customer"), Description("Why: duplicate, fraudulent or requested_by_customer.")] string? Reason = null,
    [MaxLength(50), Metadata, Description("The caller's own names and values.")] IReadOnlyDictionary<string, string>? Metadata = null) : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PaymentIntent is null == Charge is null)
        {
            yield return new ValidationResult("Say what to refund: either paymentIntent or charge.", [nameof(PaymentIntent)]);
        }
    }
}
