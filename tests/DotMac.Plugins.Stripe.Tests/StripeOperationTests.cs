using System.Net;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;
using DotMac.StandIns.Vendors.Stripe;

namespace DotMac.Plugins.Stripe.Tests;

public sealed class StripeOperationTests : StripeTestBase
{
    [Fact]
    public async Task APaymentIsBegunMadeAndGivenBack()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);
        JsonElement customer = await host.OkAsync("create_customer", """{ "email": "ann@acme.example", "name": "Ann & Co", "metadata": { "line": "17" } }""");
        string customerId = customer.GetProperty("id").GetString()!;

        JsonElement begun = await host.OkAsync("create_payment_intent", $$"""{ "amount": 1099, "currency": "eur", "customer": "{{customerId}}", "paymentMethodTypes": ["card", "sepa_debit"] }""");
        string id = begun.GetProperty("id").GetString()!;
        JsonElement made = await host.OkAsync("confirm_payment_intent", $$"""{ "id": "{{id}}", "paymentMethod": "pm_card_visa" }""");
        JsonElement refund = await host.OkAsync("refund", $$"""{ "paymentIntent": "{{id}}", "amount": 99, "reason": "requested_by_customer" }""");

        customerId.Should().StartWith("cus_");
        begun.GetProperty("status").GetString().Should().Be("requires_payment_method");
        begun.GetProperty("clientSecret").GetString().Should().NotBeEmpty();
        made.GetProperty("status").GetString().Should().Be("succeeded");
        made.GetProperty("amountReceived").GetInt64().Should().Be(1099);
        made.GetProperty("paymentMethod").GetString().Should().Be("pm_card_visa");
        refund.GetProperty("amount").GetInt64().Should().Be(99);
        refund.GetProperty("charge").GetString().Should().Be(made.GetProperty("latestCharge").GetString());
        IReadOnlyList<ReceivedRequest> posts = Posts;
        posts[0].Text().Should().Be("email=ann%40acme.example&name=Ann+%26+Co&metadata%5Bline%5D=17");
        posts[1].Form().Select(static field => $"{field.Key}={field.Value}").Should().Equal(
            "amount=1099", "currency=eur", $"customer={customerId}", "payment_method_types[0]=card", "payment_method_types[1]=sepa_debit");
        posts.Should().OnlyContain(static request => request.Headers["Stripe-Version"] == "2023-08-16" && request.Headers["Content-Type"] == "application/x-www-form-urlencoded" && request.Headers.ContainsKey("Idempotency-Key"));
        posts.Select(static request => request.Headers["Idempotency-Key"]).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task APaymentIsGivenUp()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);
        JsonElement begun = await host.OkAsync("create_payment_intent", """{ "amount": 500, "currency": "eur", "automaticPaymentMethods": true }""");

        JsonElement given = await host.OkAsync("cancel_payment_intent", $$"""{ "id": "{{begun.GetProperty("id").GetString()}}", "reason": "abandoned" }""");
        using HttpResponseMessage again = await host.CallAsync("confirm_payment_intent", $$"""{ "id": "{{begun.GetProperty("id").GetString()}}" }""");

        given.GetProperty("status").GetString().Should().Be("canceled");
        again.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await again.ProblemAsync()).Errors.Should().ContainSingle().Which.Message.Should().Contain("payment_intent_unexpected_state");
        Stripe.Requests.Select(static request => request.Form()).Should().Contain(form => form.Contains(new("automatic_payment_methods[enabled]", "true")));
    }

    [Fact]
    public async Task TheBalanceIsTold()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);

        JsonElement balance = await host.OkAsync("get_balance", "");

        balance.GetProperty("available")[0].GetProperty("amount").GetInt64().Should().Be(1200);
        balance.GetProperty("pending")[0].GetProperty("amount").GetInt64().Should().Be(-30);
    }

    [Fact]
    public async Task AListGoesOverAllPagesUpToItsLimitAndCanBeGoneOnWith()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);
        for (int number = 0; number < 230; number++)
        {
            await host.OkAsync("create_customer", $$"""{ "name": "n{{number}}", "email": "{{(number % 2 == 0 ? "even" : "odd")}}@acme.example" }""");
        }

        Stripe.Forget();

        JsonElement all = await host.OkAsync("list", """{ "resource": "customers", "maxItems": 1000 }""");
        JsonElement some = await host.OkAsync("list", """{ "resource": "customers", "maxItems": 210 }""");
        JsonElement rest = await host.OkAsync("list", $$"""{ "resource": "customers", "startingAfter": "{{some.GetProperty("startingAfter").GetString()}}" }""");
        JsonElement even = await host.OkAsync("list", """{ "resource": "customers", "email": "even@acme.example", "maxItems": 1000 }""");

        all.GetProperty("items").GetArrayLength().Should().Be(230);
        all.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("id").GetString()).Should().OnlyHaveUniqueItems();
        all.GetProperty("hasMore").GetBoolean().Should().BeFalse();
        some.GetProperty("items").GetArrayLength().Should().Be(210);
        some.GetProperty("hasMore").GetBoolean().Should().BeTrue();
        rest.GetProperty("items").GetArrayLength().Should().Be(20);
        even.GetProperty("items").GetArrayLength().Should().Be(115);
        Stripe.Requests.Take(3).Select(static request => request.Query.Split('&')[0]).Should().Equal("?limit=100", "?limit=100", "?limit=100");
        Stripe.Requests[5].Query.Should().StartWith("?limit=10&starting_after=");
    }

    [Fact]
    public async Task AnEmptyListIsAList()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);

        JsonElement none = await host.OkAsync("list", """{ "resource": "refunds" }""");

        none.GetProperty("items").GetArrayLength().Should().Be(0);
        none.GetProperty("hasMore").GetBoolean().Should().BeFalse();
    }

    [Theory]
    [InlineData("create_payment_intent", """{ "amount": 0, "currency": "eur" }""", "/amount")]
    [InlineData("create_payment_intent", """{ "amount": 10, "currency": "EUR" }""", "/currency")]
    [InlineData("create_payment_intent", """{ "currency": "eur" }""", "/amount")]
    [InlineData("create_payment_intent", """{ "amount": 10, "currency": "eur", "automaticPaymentMethods": true, "paymentMethodTypes": ["card"] }""", "/paymentMethodTypes")]
    [InlineData("create_payment_intent", """{ "amount": 10, "currency": "eur", "offSession": true }""", "/offSession")]
    [InlineData("create_payment_intent", """{ "amount": 10, "currency": "eur", "returnUrl": "https://acme.example" }""", "/returnUrl")]
    [InlineData("create_payment_intent", """{ "amount": 10, "currency": "eur", "confirm": true, "returnUrl": "/back" }""", "/returnUrl")]
    [InlineData("create_payment_intent", """{ "amount": 10, "currency": "eur", "metadata": { "a]b": "c" } }""", "/metadata")]
    [InlineData("create_customer", """{ "metadata": { "a": null } }""", "/metadata")]
    [InlineData("create_customer", """{ "metadata": { "a-name-of-more-than-forty-characters-is-too-long": "c" } }""", "/metadata")]
    [InlineData("list", """{ "resource": "charges", "charge": "ch_1" }""", "/charge")]
    [InlineData("list", """{ "resource": "charges", "maxItems": 0 }""", "/maxItems")]
    [InlineData("list", """{ "resource": "charges", "createdAfter": "2026-01-02T00:00:00Z", "createdBefore": "2026-01-01T00:00:00Z" }""", "/createdAfter")]
    [InlineData("confirm_payment_intent", """{ "id": "pi_1/../../balance" }""", "/id")]
    [InlineData("cancel_payment_intent", """{ "id": "pi_1", "reason": "bored" }""", "/reason")]
    [InlineData("refund", "{}", "/paymentIntent")]
    [InlineData("refund", """{ "paymentIntent": "pi_1", "charge": "ch_1" }""", "/paymentIntent")]
    [InlineData("list", """{ "resource": "invoices" }""", "/resource")]
    [InlineData("list", """{ "resource": "refunds", "email": "a@b" }""", "/email")]
    [InlineData("list", """{ "resource": "refunds", "customer": "cus_1" }""", "/customer")]
    [InlineData("list", """{ "resource": "customers", "paymentIntent": "pi_1" }""", "/paymentIntent")]
    public async Task AMalformedRequestNeverReachesStripe(string operation, string body, string pointer)
    {
        await using PluginTestHost host = await StartQuietAsync();

        using HttpResponseMessage response = await host.CallAsync(operation, body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.ProblemAsync()).Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
        Stripe.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task TheSameKeyMakesOneCustomerAndAnotherRequestUnderItIsRefused()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);

        JsonElement first = await host.OkAsync("create_customer", """{ "name": "one" }""", (ContractHeaders.IdempotencyKey, "order-1"));
        JsonElement again = await host.OkAsync("create_customer", """{ "name": "one" }""", (ContractHeaders.IdempotencyKey, "order-1"));
        using HttpResponseMessage other = await host.CallAsync("create_customer", """{ "name": "two" }""", (ContractHeaders.IdempotencyKey, "order-1"));
        JsonElement payment = await host.OkAsync("create_payment_intent", """{ "amount": 100, "currency": "eur" }""", (ContractHeaders.IdempotencyKey, "order-1"));

        again.GetProperty("id").GetString().Should().Be(first.GetProperty("id").GetString());
        other.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await other.ProblemAsync()).Detail.Should().Contain("Idempotency-Key");
        payment.GetProperty("id").GetString().Should().StartWith("pi_", "a key is for one operation");
        Account.Count("customer").Should().Be(1);
        Posts.Should().OnlyContain(static post => post.Headers["Idempotency-Key"] != "order-1", "another tenant of the same account may have the same");
    }

    [Fact]
    public async Task WithoutAKeyTheSameRequestIsAnother()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);

        await host.OkAsync("create_customer", """{ "name": "one" }""");
        await host.OkAsync("create_customer", """{ "name": "one" }""");

        Account.Count("customer").Should().Be(2);
    }

    [Fact]
    public async Task ADeclineIsTheResultOfItsKeyAndAnotherCardTakesAnotherKey()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);
        string declined = $$"""{ "amount": 100, "currency": "eur", "confirm": true, "paymentMethod": "{{StripeStandIn.DeclinedMethod}}" }""";

        using HttpResponseMessage first = await host.CallAsync("create_payment_intent", declined, (ContractHeaders.IdempotencyKey, "order-1"));
        using HttpResponseMessage again = await host.CallAsync("create_payment_intent", declined, (ContractHeaders.IdempotencyKey, "order-1"));
        JsonElement paid = await host.OkAsync(
            "create_payment_intent", """{ "amount": 100, "currency": "eur", "confirm": true, "paymentMethod": "pm_card_visa" }""", (ContractHeaders.IdempotencyKey, "order-1b"));

        first.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        again.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        paid.GetProperty("status").GetString().Should().Be("succeeded");
        Account.Count("payment_intent").Should().Be(2);
        Account.Count("charge").Should().Be(1);
    }

    [Fact]
    public async Task EveryMemberReachesStripeUnderItsName()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);
        string customer = (await host.OkAsync("create_customer", "{}")).GetProperty("id").GetString()!;

        await host.OkAsync("create_payment_intent", $$"""
            {
              "amount": 1099, "currency": "eur", "customer": "{{customer}}", "paymentMethod": "pm_card_visa", "paymentMethodTypes": ["card"], "confirm": true, "offSession": false,
              "captureMethod": "manual", "description": "Line 17 & more", "receiptEmail": "ann@acme.example", "returnUrl": "https://acme.example/back?a=b",
              "statementDescriptor": "ACME", "metadata": { "order": "7", "ünï": "ß=&" }
            }
            """);

        Posts[^1].Form().Select(static field => $"{field.Key}={field.Value}").Should().Equal(
            "amount=1099",
            "currency=eur",
            $"customer={customer}",
            "payment_method=pm_card_visa",
            "payment_method_types[0]=card",
            "confirm=true",
            "off_session=false",
            "capture_method=manual",
            "description=Line 17 & more",
            "receipt_email=ann@acme.example",
            "return_url=https://acme.example/back?a=b",
            "statement_descriptor=ACME",
            "metadata[order]=7",
            "metadata[ünï]=ß=&");
    }

    [Fact]
    public async Task WhatThePayerHasToDoIsPassedOn()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);

        JsonElement begun = await host.OkAsync("create_payment_intent", $$"""
            { "amount": 100, "currency": "eur", "confirm": true, "paymentMethod": "{{StripeStandIn.AuthenticatedMethod}}", "returnUrl": "https://acme.example/back" }
            """);

        begun.GetProperty("status").GetString().Should().Be("requires_action");
        begun.GetProperty("nextAction").GetProperty("redirect_to_url").GetProperty("url").GetString().Should().StartWith("https://");
    }

    [Fact]
    public async Task MoreThanIsLeftIsNotGivenBack()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);
        JsonElement paid = await host.OkAsync("create_payment_intent", """{ "amount": 100, "currency": "eur", "confirm": true, "paymentMethod": "pm_card_visa" }""");
        string charge = paid.GetProperty("latestCharge").GetString()!;

        await host.OkAsync("refund", $$"""{ "charge": "{{charge}}", "amount": 60 }""");
        using HttpResponseMessage tooMuch = await host.CallAsync("refund", $$"""{ "charge": "{{charge}}", "amount": 60 }""");
        JsonElement rest = await host.OkAsync("refund", $$"""{ "charge": "{{charge}}" }""");
        using HttpResponseMessage again = await host.CallAsync("refund", $$"""{ "charge": "{{charge}}" }""");

        tooMuch.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await tooMuch.ProblemAsync()).Errors.Should().ContainSingle().Which.Pointer.Should().Be("/amount");
        rest.GetProperty("amount").GetInt64().Should().Be(40);
        again.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await again.ProblemAsync()).Errors.Should().ContainSingle().Which.Message.Should().Contain("charge_already_refunded");
    }

    [Fact]
    public async Task ListsAreFilteredAsStripeDocuments()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);
        string customer = (await host.OkAsync("create_customer", "{}")).GetProperty("id").GetString()!;
        var payments = new List<JsonElement>();
        foreach (string payer in new[] { $$""" "customer": "{{customer}}", """, "" })
        {
            payments.Add(await host.OkAsync("create_payment_intent", $$"""{ {{payer}} "amount": 100, "currency": "eur", "confirm": true, "paymentMethod": "pm_card_visa" }"""));
            await host.OkAsync("refund", $$"""{ "paymentIntent": "{{payments[^1].GetProperty("id").GetString()}}" }""");
        }

        string id = payments[0].GetProperty("id").GetString()!;
        string charge = payments[0].GetProperty("latestCharge").GetString()!;
        async Task<string?[]> IdsAsync(string request) =>
            [.. (await host.OkAsync("list", request)).GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("id").GetString())];

        (await IdsAsync($$"""{ "resource": "paymentIntents", "customer": "{{customer}}" }""")).Should().Equal(id);
        (await IdsAsync($$"""{ "resource": "charges", "customer": "{{customer}}" }""")).Should().Equal(charge);
        (await IdsAsync($$"""{ "resource": "charges", "paymentIntent": "{{id}}" }""")).Should().Equal(charge);
        (await IdsAsync($$"""{ "resource": "refunds", "paymentIntent": "{{id}}" }""")).Should().ContainSingle();
        (await IdsAsync($$"""{ "resource": "refunds", "charge": "{{charge}}" }""")).Should().ContainSingle();
        (await IdsAsync("""{ "resource": "refunds" }""")).Should().HaveCount(2);
        (await IdsAsync("""{ "resource": "refunds", "createdAfter": "2100-01-01T00:00:00Z" }""")).Should().BeEmpty();
        (await IdsAsync("""{ "resource": "refunds", "createdBefore": "2100-01-01T00:00:00Z" }""")).Should().HaveCount(2);
        (await IdsAsync("""{ "resource": "refunds", "createdBefore": "2020-01-01T00:00:00Z" }""")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("/stripe")]
    [InlineData("/stripe/")]
    [InlineData("/a/b")]
    public async Task AnAddressWithAPathIsKept(string path)
    {
        await using VendorServer gateway = await VendorServer.StartAsync(new Prefixed(path.TrimEnd('/'), Account));
        await using PluginTestHost host = await StripeCalls.StartAsync(gateway, path: path);

        await host.OkAsync("create_customer", "{}");
        await host.OkAsync("list", """{ "resource": "customers" }""");

        gateway.Requests.Should().OnlyContain(request => request.Path.StartsWith($"{path.TrimEnd('/')}/v1/", StringComparison.Ordinal));
    }
}
