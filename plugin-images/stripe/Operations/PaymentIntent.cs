using System.Text.Json;

namespace DotMac.Plugins.Stripe.Operations;

/// <summary>A payment.</summary>
/// <param name="Id">The id.</param>
/// <param name="Status">Stripe's word for where it is: requires_payment_method, requires_confirmation, requires_action, processing, requires_capture, canceled or succeeded.</param>
/// <param name="Amount">How much, in the currency's smallest unit.</param>
/// <param name="AmountReceived">How much of it has come.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Customer">The customer's id.</param>
/// <param name="PaymentMethod">The payment method's id.</param>
/// <param name="LatestCharge">The id of the last charge that was tried.</param>
/// <param name="NextAction">What the payer has to do, as Stripe has it; null unless the status is requires_action.</param>
/// <param name="ClientSecret">What the payer's browser needs to go on. Give it to nobody else.</param>
/// <param name="Created">When it was begun, seconds since 1970.</param>
/// <param name="Livemode">Whether it is real; false: of the test mode.</param>
public sealed record PaymentIntent(
    string? Id,
    string? Status,
    long Amount,
    long AmountReceived,
    string? Currency,
    string? Customer,
    string? PaymentMethod,
    string? LatestCharge,
    JsonElement? NextAction,
    string? ClientSecret,
    long Created,
    bool Livemode)
{
    /// <summary>Id and status: a record would print its secret.</summary>
    public override string ToString() => $"{Id} {Status}";
}
