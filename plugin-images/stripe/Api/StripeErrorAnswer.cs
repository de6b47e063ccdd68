namespace DotMac.Plugins.Stripe.Api;

/// <summary>The body of an error.</summary>
internal sealed record StripeErrorAnswer(StripeError? Error);
