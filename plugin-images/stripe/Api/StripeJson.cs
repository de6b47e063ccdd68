using System.Text.Json.Serialization;
using DotMac.Plugins.Stripe.Operations;

namespace DotMac.Plugins.Stripe.Api;

/// <summary>Stripe's JSON: snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(PaymentIntent))]
[JsonSerializable(typeof(Refund))]
[JsonSerializable(typeof(StripeBalance))]
[JsonSerializable(typeof(StripeList))]
[JsonSerializable(typeof(StripeErrorAnswer))]
internal sealed partial class StripeJson : JsonSerializerContext;
