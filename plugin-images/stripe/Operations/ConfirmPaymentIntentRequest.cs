using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Stripe.Operations;

/// <summary>A payment to make.</summary>
/// <param name="Id">The payment intent's id.</param>
/// <param name="PaymentMethod">The id of the payment method, if not the one it was begun with.</param>
/// <param name="OffSession">Whether the payer is not there to confirm.</param>
/// <param name="ReceiptEmail">Where the receipt goes.</param>
/// <param name="ReturnUrl">Where the payer comes back to.</param>
public sealed record ConfirmPaymentIntentRequest(
    [Required, RegularExpression(StripeForms.PaymentIntent), Description("The payment intent's id.")] string Id,
    [RegularExpression(StripeForms.Id), Description("The id of the payment method, if not the one it was begun with.")] string? PaymentMethod = null,
    [Description("Whether the payer is not there to confirm.")] bool? OffSession = null,
    [StringLength(512), Description("Where the receipt goes.")] string? ReceiptEmail = null,
    [Description("Where the payer comes back to: an absolute URL.")] Uri? ReturnUrl = null) : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ReturnUrl is { IsAbsoluteUri: false })
        {
            yield return new ValidationResult("Must be an absolute URL.", [nameof(ReturnUrl)]);
        }
    }
}
