namespace DotMac.Plugins.Stripe.Operations;

/// <summary>A customer.</summary>
/// <param name="Id">The id.</param>
/// <param name="Email">The address.</param>
/// <param name="Name">The name.</param>
/// <param name="Created">When it was made, seconds since 1970.</param>
/// <param name="Livemode">Whether it is real; false: of the test mode.</param>
public sealed record Customer(string? Id, string? Email, string? Name, long Created, bool Livemode);
