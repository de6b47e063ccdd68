using System.Text.Json;

namespace DotMac.Plugins.Stripe.Operations;

/// <summary>A list.</summary>
/// <param name="Items">The objects as Stripe has them, the newest first.</param>
/// <param name="HasMore">Whether there are more.</param>
/// <param name="StartingAfter">What to ask with for those; null when there are none.</param>
public sealed record ListAnswer(IReadOnlyList<JsonElement> Items, bool HasMore, string? StartingAfter);
