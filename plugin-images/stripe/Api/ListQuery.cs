using DotMac.Plugins.Stripe.Operations;

namespace DotMac.Plugins.Stripe.Api;

/// <summary>The query of a list's page.</summary>
internal static class ListQuery
{
    /// <summary>The most that Stripe puts on a page.</summary>
    public const int MaxPage = 100;

    /// <summary>The path of a kind's list.</summary>
    public static string Path(ListResource resource) => resource switch
    {
        ListResource.Customers => "customers",
        ListResource.PaymentIntents => "payment_intents",
        ListResource.Charges => "charges",
        _ => "refunds",
    };

    /// <summary>The query of the page behind an object.</summary>
    public static StripeForm Of(ListRequest request, string? after, int left) => new StripeForm()
        .Add("limit", Math.Min(left, MaxPage))
        .Add("starting_after", after)
        .Add("customer", request.Customer)
        .Add("email", request.Email)
        .Add("payment_intent", request.PaymentIntent)
        .Add("charge", request.Charge)
        .Add("created[gte]", request.CreatedAfter?.ToUnixTimeSeconds())
        .Add("created[lt]", request.CreatedBefore?.ToUnixTimeSeconds());
}
