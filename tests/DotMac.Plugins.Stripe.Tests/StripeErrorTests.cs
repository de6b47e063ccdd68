using System.Net;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Plugins.Stripe.Api;
using DotMac.StandIns.Vendors.Server;
using DotMac.StandIns.Vendors.Stripe;

namespace DotMac.Plugins.Stripe.Tests;

/// <summary>What callers hear of Stripe's errors.</summary>
public sealed class StripeErrorTests : StripeTestBase
{
    [Theory]
    [InlineData(400, """{"type":"invalid_request_error","param":"currency","message":"Invalid currency: xxx."}""", 422, "/currency", "Invalid currency")]
    [InlineData(400, """{"type":"invalid_request_error","param":"metadata[a_b]","message":"No."}""", 422, "/metadata/a_b", "No")]
    [InlineData(400, """{"type":"invalid_request_error","message":"You may only specify one of these."}""", 422, "", "only specify one")]
    [InlineData(402, """{"type":"card_error","code":"card_declined","decline_code":"lost_card","message":"Your card was declined."}""", 422, "/paymentMethod", "card_declined, lost_card")]
    [InlineData(402, """{"type":"card_error","code":"expired_card","param":"payment_method","message":"Your card has expired."}""", 422, "/paymentMethod", "expired_card")]
    [InlineData(402, """{"type":"invalid_request_error","code":"charge_expired","param":"customer","message":"Too late."}""", 422, "/customer", "charge_expired")]
    [InlineData(404, """{"type":"invalid_request_error","code":"resource_missing","param":"customer","message":"No such customer: 'cus_1'"}""", 422, "/customer", "cus_1")]
    public async Task WhatTheCallerCanChangeIsNamedByItsMember(int status, string error, int expected, string pointer, string said)
    {
        await using PluginTestHost host = await StartQuietAsync();
        Stripe.FailNext(Fault.Status(status, $$"""{"error":{{error}}}"""));

        using HttpResponseMessage response = await host.CallAsync("create_payment_intent", """{ "amount": 100, "currency": "eur" }""");

        ((int)response.StatusCode).Should().Be(expected);
        FieldProblem problem = (await response.ProblemAsync()).Errors.Should().ContainSingle().Subject;
        problem.Pointer.Should().Be(pointer);
        problem.Message.Should().Contain(said);
        Posts.Should().ContainSingle();
    }

    [Theory]
    [InlineData(401, """{"type":"invalid_request_error","message":"Expired API Key provided: sk_t****"}""", 502, "secretKey", "invalid_request_error")]
    [InlineData(403, """{"type":"invalid_request_error","code":"secret_key_required","message":"The key may not do that."}""", 502, "secretKey", "secret_key_required")]
    [InlineData(500, """{"type":"api_error","message":"Something went wrong."}""", 502, "may have been done", "api_error")]
    [InlineData(502, "", 502, "may have been done", null)]
    [InlineData(504, "", 502, "may have been done", null)]
    [InlineData(503, "", 503, "not available", null)]
    [InlineData(429, """{"type":"invalid_request_error","code":"rate_limit","message":"Too many requests."}""", 429, "Too many requests", "rate_limit")]
    [InlineData(429, """{"type":"invalid_request_error","code":"lock_timeout","message":"This object is in use."}""", 429, "in use", "lock_timeout")]
    [InlineData(409, """{"type":"idempotency_error","code":"idempotency_key_in_use","message":"There is another request."}""", 503, "under the same Idempotency-Key", null)]
    [InlineData(404, "<html>a proxy</html>", 502, "404", null)]
    [InlineData(400, """{"type":"invented_error","message":"New."}""", 422, "New", null)]
    public async Task WhatTheCallerCannotChangeIsAnErrorWithTheWayOut(int status, string error, int expected, string detail, string? code)
    {
        await using PluginTestHost host = await StartQuietAsync();
        Stripe.Outage = Fault.Status(status, error.StartsWith('{') ? $$"""{"error":{{error}}}""" : error, "60");

        using HttpResponseMessage response = await host.CallAsync("create_customer", """{ "name": "Ann" }""");

        ((int)response.StatusCode).Should().Be(expected);
        PluginProblem problem = await response.ProblemAsync();
        problem.Detail.Should().Contain(detail);
        problem.VendorCode.Should().Be(code);
    }

    [Fact]
    public async Task ARateLimitIsPassedOnWithItsWait()
    {
        await using PluginTestHost host = await StartQuietAsync();
        Stripe.Outage = Fault.Status(429, """{"error":{"type":"invalid_request_error","code":"rate_limit","message":"Too many requests."}}""", "60");

        using HttpResponseMessage response = await host.CallAsync("get_balance", "");

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(60));
        Stripe.Requests.Should().ContainSingle("the caller knows better what to do for a minute");
    }

    [Fact]
    public async Task AFailureOfAReadDoesNotSayThatSomethingMayHaveBeenDone()
    {
        await using PluginTestHost host = await StartQuietAsync();
        Stripe.Outage = Fault.Status(500, """{"error":{"type":"api_error","message":"Something went wrong."}}""");

        using HttpResponseMessage response = await host.CallAsync("get_balance", "");

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (await response.ProblemAsync()).Detail.Should().Contain("Something went wrong").And.NotContain("may have been done");
    }

    [Fact]
    public async Task ADeclinedCardIsTheCallersToHandleAndNoError()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);

        using HttpResponseMessage response = await host.CallAsync(
            "create_payment_intent", $$"""{ "amount": 100, "currency": "eur", "confirm": true, "paymentMethod": "{{StripeStandIn.DeclinedMethod}}" }""");

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        PluginProblem problem = await response.ProblemAsync();
        problem.Detail.Should().Contain("declined").And.Contain("card_declined, insufficient_funds").And.Contain("another payment method");
        problem.Errors.Should().ContainSingle().Which.Pointer.Should().Be("/paymentMethod");
        (await host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Should().Contain("dotmac_plugin_api_errors_total{operation=\"create_payment_intent\"} 0\n");
    }

    [Fact]
    public async Task WhatIsNotThereIsNotFound()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);

        foreach (string operation in new[] { "confirm_payment_intent", "cancel_payment_intent" })
        {
            using HttpResponseMessage payment = await host.CallAsync(operation, """{ "id": "pi_none" }""");

            payment.StatusCode.Should().Be(HttpStatusCode.NotFound);
            (await payment.ProblemAsync()).Detail.Should().Contain("pi_none");
        }
    }

    [Theory]
    [InlineData("create_payment_intent", """{ "amount": 100, "currency": "xxx" }""", "/currency")]
    [InlineData("create_payment_intent", """{ "amount": 1, "currency": "eur" }""", "/amount")]
    [InlineData("create_payment_intent", """{ "amount": 100, "currency": "eur", "customer": "cus_none" }""", "/customer")]
    [InlineData("create_payment_intent", """{ "amount": 100, "currency": "eur", "confirm": true }""", "/paymentMethod")]
    [InlineData("refund", """{ "paymentIntent": "pi_none" }""", "/paymentIntent")]
    [InlineData("refund", """{ "charge": "ch_none" }""", "/charge")]
    [InlineData("list", """{ "resource": "customers", "startingAfter": "cus_none" }""", "/startingAfter")]
    public async Task WhatStripeRefusesIsTheCallersMember(string operation, string body, string pointer)
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);

        using HttpResponseMessage response = await host.CallAsync(operation, body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.ProblemAsync()).Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
    }

    [Fact]
    public async Task AMissingPaymentMethodOfAPaymentThatIsThereIsTheMembersFault()
    {
        await using PluginTestHost host = await StartQuietAsync();
        Stripe.FailNext(Fault.Status(404, """{"error":{"type":"invalid_request_error","code":"resource_missing","param":"payment_method","message":"No such PaymentMethod: 'pm_1'"}}"""));

        using HttpResponseMessage response = await host.CallAsync("confirm_payment_intent", """{ "id": "pi_1", "paymentMethod": "pm_1" }""");

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.ProblemAsync()).Errors.Should().ContainSingle().Which.Pointer.Should().Be("/paymentMethod");
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("amount", "/amount")]
    [InlineData("payment_method_types[0]", "/paymentMethodTypes/0")]
    [InlineData("metadata[a_b]", "/metadata/a_b")]
    [InlineData("automatic_payment_methods[enabled]", "/automaticPaymentMethods")]
    [InlineData("cancellation_reason", "/reason")]
    [InlineData("intent", "/id")]
    [InlineData("limit", "/maxItems")]
    [InlineData("created[lt]", "/createdBefore")]
    public void AFieldOfStripesIsTheCallersMember(string? param, string pointer) => FieldPointer.Of(param).Should().Be(pointer);
}
