using System.Text.Json.Nodes;

namespace DotMac.StandIns.Vendors.Stripe;

/// <summary>What Stripe answers.</summary>
/// <param name="Status">The status.</param>
/// <param name="Json">The body.</param>
internal sealed record StripeAnswer(int Status, string Json)
{
    /// <summary>Whether Stripe keeps it for the request's idempotency key: it does once it has begun, and a declined card is a result like any other.</summary>
    public bool IsKept => Status is 200 or 402;

    /// <summary>An object.</summary>
    public static StripeAnswer Of(JsonObject found) => new(200, found.ToJsonString());

    /// <summary>A request that Stripe does not take.</summary>
    public static StripeAnswer Invalid(string message, string? param = null, string? code = null, int status = 400) =>
        Error(status, "invalid_request_error", message, param, code);

    /// <summary>An object that is not there.</summary>
    public static StripeAnswer Missing(string what, string id, string param, int status = 400) =>
        Invalid($"No such {what}: '{id}'", param, "resource_missing", status);

    /// <summary>A card that the issuer declines.</summary>
    public static StripeAnswer Declined(string declineCode, string message) => Error(402, "card_error", message, null, "card_declined", declineCode);

    /// <summary>An error: members without a value are left out, as Stripe does.</summary>
    public static StripeAnswer Error(int status, string type, string message, string? param = null, string? code = null, string? declineCode = null)
    {
        var error = new JsonObject { ["type"] = type, ["message"] = message };
        foreach ((string name, string? value) in new[] { ("param", param), ("code", code), ("decline_code", declineCode) })
        {
            if (value is not null)
            {
                error[name] = value;
            }
        }

        return new StripeAnswer(status, new JsonObject { ["error"] = error }.ToJsonString());
    }
}
