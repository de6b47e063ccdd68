namespace DotMac.Plugins.Stripe.Operations;

/// <summary>A refund.</summary>
/// <param name="Id">The id.</param>
/// <param name="Status">Stripe's word for where it is: pending, requires_action, succeeded, failed or canceled.</param>
/// <param name="Amount">How much, in the currency's smallest unit.</param>
/// <param name="Currency">The currency.</param>
/// <param name="PaymentIntent">The payment's id.</param>
/// <param name="Charge">The charge's id.</param>
/// <param name="Created">When it was made, seconds since 1970.</param>
public sealed record Refund(string? Id, string? Status, long Amount, string? Currency, string? PaymentIntent, string? Charge, long Created);
