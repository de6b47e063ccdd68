namespace DotMac.Plugins.Stripe.Operations;

/// <summary>An amount.</summary>
/// <param name="Amount">How much, in the currency's smallest unit; below zero when the account owes.</param>
/// <param name="Currency">The currency.</param>
public sealed record Money(long Amount, string? Currency);
