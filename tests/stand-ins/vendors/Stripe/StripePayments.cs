using System.Globalization;
using System.Text.Json.Nodes;

namespace DotMac.StandIns.Vendors.Stripe;

/// <summary>What Stripe does with payments, as far as callers can see it.</summary>
internal sealed class StripePayments(StripeObjects objects)
{
    private const long Smallest = 50;

    private static readonly string[] Currencies = ["chf", "eur", "gbp", "ngn", "usd"];
    private static readonly string[] CancellationReasons = ["duplicate", "fraudulent", "requested_by_customer", "abandoned"];

    private static readonly string[] ToCreate =
    [
        "amount", "automatic_payment_methods", "capture_method", "confirm", "currency", "customer", "description", "metadata", "off_session",
        "payment_method", "payment_method_types", "receipt_email", "return_url", "statement_descriptor",
    ];

    /// <summary>Begins a payment, and makes it with <c>confirm</c>.</summary>
    public StripeAnswer Create(StripeFields form)
    {
        if (form.Judge(ToCreate, "amount", "currency") is { } bad)
        {
            return bad;
        }

        if (!Currencies.Contains(form["currency"]))
        {
            return StripeAnswer.Invalid($"Invalid currency: {form["currency"]}. Stripe currently supports these currencies: {string.Join(", ", Currencies)}", "currency");
        }

        if (form.Number("amount") < Smallest)
        {
            return StripeAnswer.Invalid($"Amount must be at least {Smallest} {form["currency"]}", "amount", "amount_too_small");
        }

        if (form["customer"] is { } customer && objects.Find("customer", customer) is null)
        {
            return StripeAnswer.Missing("customer", customer, "customer");
        }

        if (form["automatic_payment_methods[enabled]"] == "true" && form.Has("payment_method_types"))
        {
            return StripeAnswer.Invalid("You may only specify one of these parameters: automatic_payment_methods, payment_method_types.");
        }

        if (form["confirm"] != "true" && new[] { "off_session", "return_url" }.FirstOrDefault(form.Has) is { } early)
        {
            return StripeAnswer.Invalid($"You cannot set {early} when confirm is not true.", early);
        }

        if (UnknownMethod(form) is { } unknown)
        {
            return unknown;
        }

        JsonObject made = objects.Make("payment_intent", "pi_", form, "currency", "customer", "description", "receipt_email");
        made["amount"] = form.Number("amount");
        made["amount_received"] = 0;
        made["capture_method"] = form["capture_method"] ?? "automatic";
        made["payment_method"] = form["payment_method"];
        made["status"] = form["payment_method"] is null ? "requires_payment_method" : "requires_confirmation";
        made["client_secret"] = $"{StripeObjects.Text(made, "id")}_secret_m4de-up";
        return form["confirm"] == "true" ? Pay(made, form) : StripeAnswer.Of(made);
    }

    /// <summary>Makes a payment that was begun.</summary>
    public StripeAnswer Confirm(string id, StripeFields form)
    {
        if (form.Judge(["payment_method", "off_session", "receipt_email", "return_url"]) is { } bad)
        {
            return bad;
        }

        return objects.Find("payment_intent", id) is not { } found ? StripeAnswer.Missing("payment_intent", id, "intent", 404)
            : StripeObjects.Text(found, "status") is "succeeded" or "canceled" or "requires_capture" ? Unexpected(found, "confirm")
            : UnknownMethod(form) ?? Pay(found, form);
    }

    /// <summary>Gives a payment up.</summary>
    public StripeAnswer Cancel(string id, StripeFields form)
    {
        if (form.Judge(["cancellation_reason"]) is { } bad)
        {
            return bad;
        }

        if (objects.Find("payment_intent", id) is not { } found)
        {
            return StripeAnswer.Missing("payment_intent", id, "intent", 404);
        }

        if (form["cancellation_reason"] is { } reason && !CancellationReasons.Contains(reason))
        {
            return StripeAnswer.Invalid($"Invalid cancellation_reason: must be one of {string.Join(", ", CancellationReasons)}", "cancellation_reason");
        }

        if (StripeObjects.Text(found, "status") is "succeeded" or "canceled")
        {
            return Unexpected(found, "cancel");
        }

        found["status"] = "canceled";
        found["cancellation_reason"] = form["cancellation_reason"];
        return StripeAnswer.Of(found);
    }

    /// <summary>Gives money back.</summary>
    public StripeAnswer Refund(StripeFields form)
    {
        if (form.Judge(["payment_intent", "charge", "amount", "reason", "metadata"]) is { } bad)
        {
            return bad;
        }

        if (form["payment_intent"] is { } payment && objects.Find("payment_intent", payment) is null)
        {
            return StripeAnswer.Missing("payment_intent", payment, "payment_intent", 404);
        }

        string? charge = form["charge"] ?? (objects.Find("payment_intent", form["payment_intent"]) is { } paid ? StripeObjects.Text(paid, "latest_charge") : null);
        if (charge is null)
        {
            return form["payment_intent"] is { } unpaid
                ? StripeAnswer.Invalid($"This PaymentIntent ({unpaid}) does not have a successful charge to refund.")
                : StripeAnswer.Invalid("One of the following params should be provided for this request: payment_intent or charge.", code: "parameter_missing");
        }

        return objects.Find("charge", charge) is { } found ? Refund(found, form) : StripeAnswer.Missing("charge", charge, "charge", 404);
    }

    private static StripeAnswer Unexpected(JsonObject payment, string what) => StripeAnswer.Invalid(
        $"You cannot {what} this PaymentIntent because it has a status of {StripeObjects.Text(payment, "status")}.", code: "payment_intent_unexpected_state");

    private static StripeAnswer? UnknownMethod(StripeFields form) => form["payment_method"] is { } method && !method.StartsWith("pm_", StringComparison.Ordinal)
        ? StripeAnswer.Missing("PaymentMethod", method, "payment_method")
        : null;

    private StripeAnswer Pay(JsonObject payment, StripeFields form)
    {
        string? method = form["payment_method"] ?? StripeObjects.Text(payment, "payment_method");
        payment["payment_method"] = method;
        switch (method)
        {
            case null:
                return StripeAnswer.Invalid(
                    "You cannot confirm this PaymentIntent because it's missing a payment method.", "payment_method", "payment_intent_unexpected_state");
            case StripeStandIn.DeclinedMethod:
                payment["status"] = "requires_payment_method";
                return StripeAnswer.Declined("insufficient_funds", "Your card has insufficient funds.");
            case StripeStandIn.AuthenticatedMethod:
                payment["status"] = "requires_action";
                payment["next_action"] = new JsonObject
                {
                    ["type"] = "redirect_to_url",
                    ["redirect_to_url"] = new JsonObject { ["return_url"] = form["return_url"], ["url"] = "https://hooks.stripe.example/authenticate" },
                };
                return StripeAnswer.Of(payment);
            default:
                Charge(payment);
                return StripeAnswer.Of(payment);
        }
    }

    private void Charge(JsonObject payment)
    {
        bool captured = StripeObjects.Text(payment, "capture_method") != "manual";
        JsonObject charge = objects.Make("charge", "ch_", new StripeFields([]));
        charge["amount"] = payment["amount"]!.DeepClone();
        charge["amount_refunded"] = 0L;
        charge["currency"] = payment["currency"]!.DeepClone();
        charge["customer"] = payment["customer"]?.DeepClone();
        charge["payment_intent"] = payment["id"]!.DeepClone();
        payment["latest_charge"] = charge["id"]!.DeepClone();
        payment["amount_received"] = captured ? payment["amount"]!.DeepClone() : 0;
        payment["status"] = captured ? "succeeded" : "requires_capture";
        payment.Remove("next_action");
    }

    private StripeAnswer Refund(JsonObject charge, StripeFields form)
    {
        long left = charge["amount"]!.GetValue<long>() - charge["amount_refunded"]!.GetValue<long>();
        long amount = form.Number("amount") ?? left;
        if (left == 0)
        {
            return StripeAnswer.Invalid($"Charge {StripeObjects.Text(charge, "id")} has already been refunded.", code: "charge_already_refunded");
        }

        if (amount > left)
        {
            return StripeAnswer.Invalid(
                string.Create(CultureInfo.InvariantCulture, $"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})"), "amount");
        }

        charge["amount_refunded"] = charge["amount_refunded"]!.GetValue<long>() + amount;
        JsonObject made = objects.Make("refund", "re_", form, "reason");
        made["amount"] = amount;
        made["charge"] = charge["id"]!.DeepClone();
        made["currency"] = charge["currency"]!.DeepClone();
        made["payment_intent"] = charge["payment_intent"]!.DeepClone();
        made["status"] = "succeeded";
        return StripeAnswer.Of(made);
    }
}
