using DotMac.Plugins.Stripe.Operations;

namespace DotMac.Plugins.Stripe.Api;

/// <summary>The fields of a <c>balance</c> that the plugin reads.</summary>
internal sealed record StripeBalance(IReadOnlyList<Money>? Available, IReadOnlyList<Money>? Pending, bool Livemode);
