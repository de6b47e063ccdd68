namespace DotMac.Plugins.Stripe.Operations;

/// <summary>What can be listed.</summary>
public enum ListResource
{
    /// <summary>Customers.</summary>
    Customers,

    /// <summary>Payment intents.</summary>
    PaymentIntents,

    /// <summary>Charges.</summary>
    Charges,

    /// <summary>Refunds.</summary>
    Refunds,
}
