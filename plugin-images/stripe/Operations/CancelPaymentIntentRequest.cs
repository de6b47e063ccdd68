using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Stripe.Operations;

/// <summary>A payment to give up.</summary>
/// <param name="Id">The payment intent's id.</param>
/// <param name="Reason">Why: duplicate, fraudulent, requested_by_customer or abandoned.</param>
public sealed record CancelPaymentIntentRequest(
    [Required, RegularExpression(StripeForms.PaymentIntent), Description("The payment intent's id.")] string Id,
    [RegularExpression("duplicate|fraudulent|requested_by_customer|abandoned"), Description("Why: duplicate, fraudulent, requested_by_customer or abandoned.")] string? Reason = null);
