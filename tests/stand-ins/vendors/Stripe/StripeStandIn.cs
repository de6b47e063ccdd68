using System.Text.Json.Nodes;
using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DotMac.StandIns.Vendors.Stripe;

/// <summary>
/// Stands in for Stripe's API, version 2023-08-16: customers, payment intents, refunds, charges, balance and lists. Keeps everything in memory, and the
/// results of requests by their idempotency keys.
/// </summary>
/// <param name="token">The secret key that callers must know.</param>
public sealed class StripeStandIn(string token) : IVendorStandIn
{
    /// <summary>A payment method whose card is always declined: the name of one of Stripe's own test cards, like the next.</summary>
    public const string DeclinedMethod = "pm_card_chargeDeclinedInsufficientFunds";

    /// <summary>A payment method whose holder has to confirm at the bank.</summary>
    public const string AuthenticatedMethod = "pm_card_authenticationRequired";

    private readonly StripeObjects _objects = new();
    private readonly Dictionary<string, (string Request, StripeAnswer Answer)> _results = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _toLose;

    /// <inheritdoc/>
    public string Name => "stripe";

    /// <summary>How many objects were made of a kind, such as <c>customer</c>.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>How many.</returns>
    public int Count(string kind)
    {
        lock (_lock)
        {
            return _objects.Count(kind);
        }
    }

    /// <summary>Does what the next requests ask, and breaks their connections in place of the answers.</summary>
    /// <param name="count">How many of them.</param>
    public void LoseNextAnswers(int count = 1) => Interlocked.Exchange(ref _toLose, count);

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var payments = new StripePayments(_objects);
        routes.MapGet("/v1/balance", http => AnswerAsync(http, static _ => StripeAnswer.Of(Balance())));
        routes.MapPost("/v1/customers", http => AnswerAsync(http, CreateCustomer));
        routes.MapPost("/v1/payment_intents", http => AnswerAsync(http, payments.Create));
        routes.MapPost("/v1/payment_intents/{id}/confirm", http => AnswerAsync(http, form => payments.Confirm($"{http.GetRouteValue("id")}", form)));
        routes.MapPost("/v1/payment_intents/{id}/cancel", http => AnswerAsync(http, form => payments.Cancel($"{http.GetRouteValue("id")}", form)));
        routes.MapPost("/v1/refunds", http => AnswerAsync(http, payments.Refund));
        routes.MapGet("/v1/customers", http => AnswerAsync(http, query => _objects.List("customer", query, "email")));
        routes.MapGet("/v1/payment_intents", http => AnswerAsync(http, query => _objects.List("payment_intent", query, "customer")));
        routes.MapGet("/v1/charges", http => AnswerAsync(http, query => _objects.List("charge", query, "customer", "payment_intent")));
        routes.MapGet("/v1/refunds", http => AnswerAsync(http, query => _objects.List("refund", query, "charge", "payment_intent")));
    }

    private static JsonObject Balance() => new()
    {
        ["object"] = "balance",
        ["livemode"] = false,
        ["available"] = new JsonArray(new JsonObject { ["amount"] = 1200, ["currency"] = "eur" }),
        ["pending"] = new JsonArray(new JsonObject { ["amount"] = -30, ["currency"] = "eur" }),
    };

    private StripeAnswer CreateCustomer(StripeFields form) => form.Judge(["email", "name", "phone", "description", "metadata"])
        ?? StripeAnswer.Of(_objects.Make("customer", "cus_", form, "email", "name", "phone", "description"));

    private async Task AnswerAsync(HttpContext http, Func<StripeFields, StripeAnswer> perform)
    {
        bool post = HttpMethods.IsPost(http.Request.Method);
        IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> came =
            !post ? http.Request.Query : http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : FormCollection.Empty;
        var fields = new StripeFields([.. came.Select(static field => KeyValuePair.Create(field.Key, field.Value.ToString()))]);
        string key = post ? http.Request.Headers["Idempotency-Key"].ToString() : "";
        StripeAnswer answer = Unauthorized(http.Request.Headers.Authorization.ToString()) ?? Once(http, key, fields, perform);
        if (post && Interlocked.Decrement(ref _toLose) >= 0)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer.Json);
    }

    private StripeAnswer? Unauthorized(string authorization)
    {
        const string Scheme = "Bearer ";
        if (authorization == Scheme + token)
        {
            return null;
        }

        // Stripe shows a part of the key; so does this, for nobody is to pass it on unseen.
        return authorization.StartsWith(Scheme, StringComparison.Ordinal)
            ? StripeAnswer.Invalid($"Invalid API Key provided: {string.Concat(authorization.Skip(Scheme.Length).Take(4))}****", status: 401)
            : StripeAnswer.Invalid("You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.", status: 401);
    }

    private StripeAnswer Once(HttpContext http, string key, StripeFields fields, Func<StripeFields, StripeAnswer> perform)
    {
        string request = $"{http.Request.Path}?{string.Join('&', fields.All.OrderBy(static field => field.Key, StringComparer.Ordinal).Select(static field => $"{field.Key}={field.Value}"))}";
        lock (_lock)
        {
            if (key.Length > 0 && _results.TryGetValue(key, out (string Request, StripeAnswer Answer) known))
            {
                http.Response.Headers["Idempotent-Replayed"] = "true";
                return known.Request == request ? known.Answer : StripeAnswer.Error(
                    400,
                    "idempotency_error",
                    $"Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}' if you meant to execute a different request.");
            }

            StripeAnswer answer = perform(fields);
            if (key.Length > 0 && answer.IsKept)
            {
                _results[key] = (request, answer);
            }

            return answer;
        }
    }
}
