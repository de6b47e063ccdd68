using System.Net.Http.Headers;
using System.Text;
using DotMac.Plugins.Stripe;
using DotMac.Plugins.Vendors.IntegrationTests.Descriptions;
using DotMac.Plugins.Vendors.IntegrationTests.Plugins;
using DotMac.Plugins.Vendors.IntegrationTests.Prism;

namespace DotMac.Plugins.Vendors.IntegrationTests;

/// <summary>What the plugin sends, held against Stripe's own description of its API.</summary>
public sealed class StripeContractTests(PrismFixture prisms) : IClassFixture<PrismFixture>
{
    private const string PaymentIntents = "/v1/payment_intents";

    public static TheoryData<DescriptionSource> Sources => DescribedVendors.Stripe.Sources;

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task EveryOperationAsksAsStripeDescribes(DescriptionSource source)
    {
        await using RecordingProxy stripe = await prisms.ServeAsync(DescribedVendors.Stripe, source);
        await using PluginUnderTest plugin = await PluginUnderTest.StartAsync(new StripePlugin(), new()
        {
            Config = $$"""{ "secretKey": "${vault:stripe/secret_key}", "baseUrl": "{{stripe.Host}}" }""",
            VaultSecrets = { ["stripe"] = new() { ["secret_key"] = "sk_test_1" } },
        });

        await plugin.CallAsync("create_customer", """
            { "email": "jo@example.com", "name": "Jo & Söhne", "phone": "+15005550010", "description": "x", "metadata": { "order": "7" } }
            """);
        await plugin.CallAsync("create_payment_intent", """
            {
              "amount": 1099, "currency": "eur", "customer": "cus_1", "paymentMethod": "pm_1", "paymentMethodTypes": ["card", "sepa_debit"], "confirm": true,
              "offSession": true, "captureMethod": "manual", "description": "x", "receiptEmail": "jo@example.com", "returnUrl": "https://isp.example/back?order=7",
              "statementDescriptor": "ISP", "metadata": { "order": "7", "line": "1" }
            }
            """);
        await plugin.CallAsync("create_payment_intent", """{ "amount": 1, "currency": "eur", "automaticPaymentMethods": true }""");
        await plugin.CallAsync("confirm_payment_intent", """
            { "id": "pi_1", "paymentMethod": "pm_1", "offSession": false, "receiptEmail": "jo@example.com", "returnUrl": "https://isp.example/back" }
            """);
        await plugin.CallAsync("cancel_payment_intent", """{ "id": "pi_1", "reason": "requested_by_customer" }""");
        await plugin.CallAsync("refund", """{ "paymentIntent": "pi_1", "amount": 5, "reason": "duplicate", "metadata": { "order": "7" } }""");
        await plugin.CallAsync("refund", """{ "charge": "ch_1" }""");
        await plugin.CallAsync("get_balance", "");
        await plugin.CallAsync("list", """
            { "resource": "customers", "email": "jo@example.com", "createdAfter": "2026-01-01T00:00:00Z", "createdBefore": "2026-02-01T00:00:00Z", "startingAfter": "cus_1" }
            """);
        await plugin.CallAsync("list", """{ "resource": "paymentIntents", "customer": "cus_1", "maxItems": 1 }""");
        await plugin.CallAsync("list", """{ "resource": "charges", "paymentIntent": "pi_1", "customer": "cus_1" }""");
        await plugin.CallAsync("list", """{ "resource": "refunds", "paymentIntent": "pi_1" }""");

        await plugin.ShouldHaveBeenCalledForAllItOffersAsync();
        stripe.ShouldHaveTakenNothingButGood(
            "POST /v1/customers",
            $"POST {PaymentIntents}",
            $"POST {PaymentIntents}/pi_1/confirm",
            $"POST {PaymentIntents}/pi_1/cancel",
            "POST /v1/refunds",
            "GET /v1/balance",
            "GET /v1/customers",
            $"GET {PaymentIntents}",
            "GET /v1/charges",
            "GET /v1/refunds");
    }

    [Theory]
    [InlineData(PaymentIntents, "amount=ten&currency=eur", true, "amount")]
    [InlineData(PaymentIntents, "amount=10", true, "currency")]
    [InlineData(PaymentIntents, "amount=10&currency=eur&capture_method=never", true, "capture_method")]
    [InlineData(PaymentIntents, "amount=10&currency=eur&capture_methode=manual", true, "capture_methode")]
    [InlineData(PaymentIntents, "amount=10&currency=eur", false, "security")]
    [InlineData($"{PaymentIntents}/pi_1/conferm", "payment_method=pm_1", true, "404")]
    public async Task WhatStripeWouldRefuseIsFoundToBeBad(string path, string form, bool authenticated, string fault)
    {
        await using RecordingProxy stripe = await prisms.ServeAsync(DescribedVendors.Stripe, DescriptionSource.OpenApiDirectory);
        using var http = new HttpClient { BaseAddress = stripe.Host };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Authorization = authenticated ? new AuthenticationHeaderValue("Bearer", "sk_test_1") : null;

        (await http.SendAsync(request)).Dispose();

        stripe.Requests.Should().ContainSingle().Which.Faults.Should().ContainSingle().Which.Should().Contain(fault);
    }
}
