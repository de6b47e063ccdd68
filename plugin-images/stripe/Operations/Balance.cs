namespace DotMac.Plugins.Stripe.Operations;

/// <summary>What is in the account.</summary>
/// <param name="Available">What can be paid out, by currency.</param>
/// <param name="Pending">What is on its way, by currency.</param>
/// <param name="Livemode">Whether it is real; false: of the test mode.</param>
public sealed record Balance(IReadOnlyList<Money> Available, IReadOnlyList<Money> Pending, bool Livemode);
