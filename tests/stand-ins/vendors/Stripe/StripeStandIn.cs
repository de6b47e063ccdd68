using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DotMac.StandIns.Vendors.Stripe;

/// <summary>Stands in for Stripe's API, version 2023-08-16: customers, payment intents, refunds, balance and lists. Keeps everything in memory.</summary>
/// <param name="token">The secret key that callers must know.</param>
public sealed class StripeStandIn(string token) : IVendorStandIn
{
    /// <summary>A payment method whose card is always declined, as Stripe's own test cards are.</summary>
    public const string DeclinedMethod = "pm_card_chargeDeclined";

    private readonly ConcurrentDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Request, string Answer)> _keys = new(StringComparer.Ordinal);
    private int _last;

    /// <inheritdoc/>
    public string Name => "stripe";

    /// <summary>How many objects were made of a kind, such as <c>customer</c>.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>How many.</returns>
    public int Count(string kind) => _objects.Values.Count(made => made["object"]!.GetValue<string>() == kind);

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/balance", http => AnswerAsync(http, _ => (200, Balance())));
        routes.MapPost("/v1/customers", http => AnswerAsync(http, form => (200, Make("customer", "cus_", form, "email", "name"))));
        routes.MapPost("/v1/payment_intents", http => AnswerAsync(http, CreatePaymentIntent));
        routes.MapPost("/v1/payment_intents/{id}/confirm", http => AnswerAsync(http, form => Change(http, "succeeded", form)));
        routes.MapPost("/v1/payment_intents/{id}/cancel", http => AnswerAsync(http, form => Change(http, "canceled", form)));
        routes.MapPost("/v1/refunds", http => AnswerAsync(http, CreateRefund));
        routes.MapGet("/v1/customers", http => AnswerAsync(http, _ => List(http, "customer")));
        routes.MapGet("/v1/payment_intents", http => AnswerAsync(http, _ => List(http, "payment_intent")));
        routes.MapGet("/v1/charges", http => AnswerAsync(http, _ => List(http, "charge")));
        routes.MapGet("/v1/refunds", http => AnswerAsync(http, _ => List(http, "refund")));
    }

    private static (int, JsonObject) Error(int status, string type, string code, string message, string? param = null) =>
        (status, new JsonObject { ["error"] = new JsonObject { ["type"] = type, ["code"] = code, ["message"] = message, ["param"] = param } });

    private static JsonObject Balance() => new()
    {
        ["object"] = "balance",
        ["livemode"] = false,
        ["available"] = new JsonArray(new JsonObject { ["amount"] = 1200, ["currency"] = "eur" }),
        ["pending"] = new JsonArray(new JsonObject { ["amount"] = -30, ["currency"] = "eur" }),
    };

    private async Task AnswerAsync(HttpContext http, Func<IFormCollection, (int Status, JsonObject Body)> perform)
    {
        if (http.Request.Headers.Authorization != $"Bearer {token}")
        {
            // Stripe shows a part of the key; so does this, for nobody is to pass it on unseen.
            string shown = http.Request.Headers.Authorization.ToString() is { Length: > 11 } given ? given[7..11] : "";
            await WriteAsync(http, 401, $$$"""{"error":{"type":"invalid_request_error","message":"Invalid API Key provided: {{{shown}}}****"}}""");
            return;
        }

        bool post = HttpMethods.IsPost(http.Request.Method);
        IFormCollection form = post && http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : FormCollection.Empty;
        string request = $"{http.Request.Path}?{string.Join('&', form.OrderBy(static field => field.Key, StringComparer.Ordinal).Select(static field => $"{field.Key}={field.Value}"))}";
        string key = http.Request.Headers["Idempotency-Key"].ToString();
        if (post && key.Length > 0 && _keys.TryGetValue(key, out (string Request, string Answer) known))
        {
            if (known.Request != request)
            {
                await WriteAsync(http, 400, """{"error":{"type":"idempotency_error","message":"Keys for idempotent requests can only be used with the same parameters they were first used with."}}""");
                return;
            }

            http.Response.Headers["Idempotent-Replayed"] = "true";
            await WriteAsync(http, 200, known.Answer);
            return;
        }

        (int status, JsonObject body) = perform(form);
        string answer = body.ToJsonString();
        if (post && key.Length > 0 && status == 200)
        {
            _keys[key] = (request, answer);
        }

        await WriteAsync(http, status, answer);
    }

    private static Task WriteAsync(HttpContext http, int status, string json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json);
    }

    private JsonObject Make(string kind, string prefix, IFormCollection form, params string[] fields)
    {
        int number = Interlocked.Increment(ref _last);
        var made = new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:D8}"),
            ["object"] = kind,
            ["created"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            ["livemode"] = false,
        };
        foreach (string field in fields.Where(form.ContainsKey))
        {
            made[field] = form[field].ToString();
        }

        _objects[made["id"]!.GetValue<string>()] = made;
        return made;
    }

    private (int, JsonObject) CreatePaymentIntent(IFormCollection form)
    {
        if (!long.TryParse(form["amount"], CultureInfo.InvariantCulture, out long amount))
        {
            return Error(400, "invalid_request_error", "parameter_missing", "Missing required param: amount.", "amount");
        }

        if (form["currency"] == "xxx")
        {
            return Error(400, "invalid_request_error", "", "Invalid currency: xxx.", "currency");
        }

        if (form["payment_method"] == DeclinedMethod)
        {
            return Declined();
        }

        JsonObject made = Make("payment_intent", "pi_", form, "currency", "customer");
        made["amount"] = amount;
        made["amount_received"] = form["confirm"] == "true" ? amount : 0;
        made["status"] = form["confirm"] == "true" ? "succeeded" : "requires_confirmation";
        made["client_secret"] = made["id"]!.GetValue<string>() + "_secret_x";
        return (200, made);
    }

    private (int, JsonObject) Change(HttpContext http, string status, IFormCollection form)
    {
        if (form["payment_method"] == DeclinedMethod)
        {
            return Declined();
        }

        if (!_objects.TryGetValue($"{http.GetRouteValue("id")}", out JsonObject? found))
        {
            return Error(404, "invalid_request_error", "resource_missing", $"No such payment_intent: '{http.GetRouteValue("id")}'", "intent");
        }

        lock (found)
        {
            if (found["status"]!.GetValue<string>() is "succeeded" or "canceled")
            {
                return Error(400, "invalid_request_error", "payment_intent_unexpected_state", "This PaymentIntent's state does not allow that.");
            }

            found["status"] = status;
            return (200, (JsonObject)found.DeepClone());
        }
    }

    private (int, JsonObject) CreateRefund(IFormCollection form)
    {
        if (!_objects.TryGetValue(form["payment_intent"].ToString(), out JsonObject? paid))
        {
            return Error(404, "invalid_request_error", "resource_missing", $"No such payment_intent: '{form["payment_intent"]}'", "payment_intent");
        }

        JsonObject made = Make("refund", "re_", form, "payment_intent", "reason");
        made["amount"] = long.TryParse(form["amount"], CultureInfo.InvariantCulture, out long amount) ? amount : paid["amount"]!.GetValue<long>();
        made["currency"] = paid["currency"]?.DeepClone();
        made["status"] = "succeeded";
        return (200, made);
    }

    private (int, JsonObject) List(HttpContext http, string kind)
    {
        int limit = int.TryParse(http.Request.Query["limit"], CultureInfo.InvariantCulture, out int asked) ? asked : 10;
        if (limit is < 1 or > 100)
        {
            return Error(400, "invalid_request_error", "parameter_invalid_integer", "This value must be between 1 and 100.", "limit");
        }

        string after = http.Request.Query["starting_after"].ToString();
        string email = http.Request.Query["email"].ToString();
        JsonObject[] rest =
        [
            .. _objects.Values
                .Where(made => made["object"]!.GetValue<string>() == kind && (email.Length == 0 || made["email"]?.GetValue<string>() == email))
                .OrderByDescending(static made => made["id"]!.GetValue<string>(), StringComparer.Ordinal)
                .SkipWhile(made => after.Length > 0 && string.CompareOrdinal(made["id"]!.GetValue<string>(), after) >= 0),
        ];
        return (200, new JsonObject
        {
            ["object"] = "list",
            ["has_more"] = rest.Length > limit,
            ["data"] = new JsonArray([.. rest.Take(limit).Select(static made => made.DeepClone())]),
        });
    }

    private static (int, JsonObject) Declined() => (402, new JsonObject
    {
        ["error"] = new JsonObject { ["type"] = "card_error", ["code"] = "card_declined", ["decline_code"] = "insufficient_funds", ["message"] = "Your card has insufficient funds." },
    });
}
