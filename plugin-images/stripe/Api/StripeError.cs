namespace DotMac.Plugins.Stripe.Api;

/// <summary>What Stripe says of an error.</summary>
internal sealed record StripeError(string? Type, string? Code, string? DeclineCode, string? Message, string? Param);
