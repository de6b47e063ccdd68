using System.Net;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;
using DotMac.StandIns.Vendors.Stripe;

namespace DotMac.Plugins.Stripe.Tests;

public sealed class StripeOperationTests : IAsyncLifetime
{
    private readonly StripeStandIn _account = new(StripeCalls.SecretKey);
    private VendorServer? _stripe;

    private VendorServer Stripe => _stripe!;

    public static TheoryData<Fault, HttpStatusCode> Faults => new()
    {
        { Fault.Status(429, """{"error":{"type":"rate_limit_error","code":"rate_limit","message":"Too many requests."}}""", "60"), HttpStatusCode.TooManyRequests },
        { Fault.Status(402, """{"error":{"type":"card_error","code":"expired_card","message":"The card has expired.","param":"payment_method"}}"""), HttpStatusCode.UnprocessableEntity },
        { Fault.Status(401, """{"error":{"type":"invalid_request_error","message":"Invalid API Key provided."}}"""), HttpStatusCode.BadGateway },
        { Fault.Status(403, """{"error":{"type":"invalid_request_error","message":"The key may not do that."}}"""), HttpStatusCode.BadGateway },
        { Fault.Status(409, """{"error":{"type":"api_error","message":"There is currently another in-progress request using this key."}}"""), HttpStatusCode.ServiceUnavailable },
        { Fault.Status(404, "<html>a proxy</html>"), HttpStatusCode.BadGateway },
        { Fault.MalformedJson, HttpStatusCode.BadGateway },
    };

    public static TheoryData<Fault> Passing => [Fault.Status(500, """{"error":{"type":"api_error"}}"""), Fault.Status(503), Fault.Reset, Fault.ResetInBody];

    public async Task InitializeAsync() => _stripe = await VendorServer.StartAsync(_account);

    public async Task DisposeAsync() => await Stripe.DisposeAsync();

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
        begun.GetProperty("status").GetString().Should().Be("requires_confirmation");
        begun.GetProperty("clientSecret").GetString().Should().NotBeEmpty();
        made.GetProperty("status").GetString().Should().Be("succeeded");
        refund.GetProperty("amount").GetInt64().Should().Be(99);
        ReceivedRequest[] posts = [.. Stripe.Requests.Where(static request => request.Method == "POST")];
        posts[0].Text().Should().Be("email=ann%40acme.example&name=Ann+%26+Co&metadata%5Bline%5D=17");
        posts[1].Form().Select(static field => $"{field.Key}={field.Value}").Should().Equal(
            "amount=1099", "currency=eur", $"customer={customerId}", "payment_method_types[0]=card", "payment_method_types[1]=sepa_debit");
        posts.Should().OnlyContain(static request => request.Headers["Stripe-Version"] == "2023-08-16" && request.Headers.ContainsKey("Idempotency-Key"));
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
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        Stripe.Forget();

        using HttpResponseMessage response = await host.CallAsync(operation, body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.ProblemAsync()).Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
        Stripe.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task AFieldThatStripeRefusesIsNamed()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);

        using HttpResponseMessage response = await host.CallAsync("create_payment_intent", """{ "amount": 10, "currency": "xxx" }""");

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.ProblemAsync()).Errors.Should().ContainSingle().Which.Pointer.Should().Be("/currency");
    }

    [Fact]
    public async Task ADeclinedCardIsTheCallersToHandleAndNoError()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);

        using HttpResponseMessage response = await host.CallAsync(
            "create_payment_intent", $$"""{ "amount": 10, "currency": "eur", "confirm": true, "paymentMethod": "{{StripeStandIn.DeclinedMethod}}" }""");

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        PluginProblem problem = await response.ProblemAsync();
        problem.Detail.Should().Contain("declined").And.Contain("insufficient_funds");
        problem.Errors.Should().ContainSingle().Which.Pointer.Should().Be("/paymentMethod");
        (await host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Should().Contain("dotmac_plugin_api_errors_total{operation=\"create_payment_intent\"} 0\n");
    }

    [Fact]
    public async Task WhatIsNotThereIsNotFound()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);

        using HttpResponseMessage payment = await host.CallAsync("confirm_payment_intent", """{ "id": "pi_none" }""");
        using HttpResponseMessage refund = await host.CallAsync("refund", """{ "paymentIntent": "pi_none" }""");

        payment.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await payment.ProblemAsync()).Detail.Should().Contain("pi_none");
        refund.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await refund.ProblemAsync()).Errors.Should().ContainSingle().Which.Pointer.Should().Be("/paymentIntent");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task TroubleIsToldAndNothingIsDoneTwice(Fault fault, HttpStatusCode expected)
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        Stripe.Forget();
        Stripe.FailNext(fault, fault, fault);

        using HttpResponseMessage response = await host.CallAsync("create_customer", """{ "name": "once" }""");

        response.StatusCode.Should().Be(expected, await response.Content.ReadAsStringAsync());
        Stripe.Requests.Select(static request => request.Headers["Idempotency-Key"]).Distinct().Should().ContainSingle("a repetition is the same request to Stripe");
        _account.Count("customer").Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task AFaultThatPassesIsRiddenOutAndOneCustomerIsMade(Fault fault)
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        Stripe.FailNext(fault);

        JsonElement made = await host.OkAsync("create_customer", """{ "name": "once" }""");

        made.GetProperty("id").GetString().Should().StartWith("cus_");
        _account.Count("customer").Should().Be(1);
    }

    [Fact]
    public async Task SilenceEndsAtTheCallersDeadline()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        Stripe.FailNext(Fault.Silence);

        using HttpResponseMessage response = await host.CallAsync("get_balance", "", (ContractHeaders.TimeoutMilliseconds, "200"));
        JsonElement after = await host.OkAsync("get_balance", "");

        response.StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
        after.GetProperty("livemode").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public async Task TheSameKeyMakesOneCustomerAndAnotherRequestUnderItIsRefused()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);

        JsonElement first = await host.OkAsync("create_customer", """{ "name": "one" }""", (ContractHeaders.IdempotencyKey, "order-1"));
        JsonElement again = await host.OkAsync("create_customer", """{ "name": "one" }""", (ContractHeaders.IdempotencyKey, "order-1"));
        using HttpResponseMessage other = await host.CallAsync("create_customer", """{ "name": "two" }""", (ContractHeaders.IdempotencyKey, "order-1"));
        JsonElement payment = await host.OkAsync("create_payment_intent", """{ "amount": 10, "currency": "eur" }""", (ContractHeaders.IdempotencyKey, "order-1"));

        again.GetProperty("id").GetString().Should().Be(first.GetProperty("id").GetString());
        other.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await other.ProblemAsync()).Detail.Should().Contain("Idempotency-Key");
        payment.GetProperty("id").GetString().Should().StartWith("pi_", "a key is for one operation");
        _account.Count("customer").Should().Be(1);
    }

    [Fact]
    public async Task WrongCredentialsShowInTheHealthAndThePluginStaysReady()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe, "sk_test_wr0ng-key-of-somebody");

        string status = await host.WaitForCredentialsAsync(HealthState.Unhealthy);

        status.Should().Contain("Invalid API Key").And.Contain("secretKey");
        await host.WaitUntilReadyAsync();
        host.Log.Should().NotContain("wr0ng-key-of-somebody");
        status.Should().NotContain("wr0ng-key-of-somebody");
    }

    [Fact]
    public async Task APublishableKeyIsRefusedWithTheWayOut()
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new StripePlugin(), new() { Config = """{ "secretKey": "pk_test_1" }""" });

        string problem = await host.WaitForAsync(ContractPaths.Readyz, static response => response.StatusCode == HttpStatusCode.ServiceUnavailable
            && response.Content.ReadAsStringAsync().GetAwaiter().GetResult().Contains("publishable", StringComparison.Ordinal));

        problem.Should().Contain("/secretKey").And.Contain("sk_");
    }

    [Theory]
    [InlineData("amount", "/amount")]
    [InlineData("payment_method_types[0]", "/paymentMethodTypes/0")]
    [InlineData("metadata[a_b]", "/metadata/a_b")]
    public void AFieldOfStripesIsTheCallersMember(string param, string pointer) => Api.StripeErrors.Pointer(param).Should().Be(pointer);
}
