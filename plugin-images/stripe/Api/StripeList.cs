using System.Text.Json;

namespace DotMac.Plugins.Stripe.Api;

/// <summary>A page of a list.</summary>
internal sealed record StripeList(IReadOnlyList<JsonElement>? Data, bool HasMore);
