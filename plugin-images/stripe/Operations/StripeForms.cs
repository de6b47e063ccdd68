namespace DotMac.Plugins.Stripe.Operations;

/// <summary>The forms of Stripe's identifiers. They become parts of paths, so nothing else may stand in them.</summary>
internal static class StripeForms
{
    /// <summary>A payment intent's id.</summary>
    public const string PaymentIntent = "pi_[A-Za-z0-9_]{1,250}";

    /// <summary>Any object's id.</summary>
    public const string Id = "[A-Za-z0-9_]{1,255}";

    /// <summary>A currency: ISO 4217, in lower case.</summary>
    public const string Currency = "[a-z]{3}";
}
