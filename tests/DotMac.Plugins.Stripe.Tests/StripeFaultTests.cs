using System.Net;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.Stripe.Tests;

/// <summary>Stripe in trouble: callers hear what is the matter, nothing is done twice, and all is well when Stripe is.</summary>
public sealed class StripeFaultTests : StripeTestBase
{
    private const string Customer = """{ "name": "once" }""";

    public static TheoryData<Fault, HttpStatusCode, int> Faults => new()
    {
        { Fault.Status(429, """{"error":{"type":"invalid_request_error","code":"rate_limit"}}""", "60"), HttpStatusCode.TooManyRequests, 1 },
        { Fault.Status(429, """{"error":{"type":"invalid_request_error","code":"rate_limit"}}""", "0"), HttpStatusCode.TooManyRequests, 3 },
        { Fault.Status(409, """{"error":{"type":"idempotency_error","code":"idempotency_key_in_use"}}"""), HttpStatusCode.ServiceUnavailable, 4 },
        { Fault.Status(500, """{"error":{"type":"api_error"}}"""), HttpStatusCode.BadGateway, 3 },
        { Fault.Status(503), HttpStatusCode.ServiceUnavailable, 3 },
        { Fault.Reset, HttpStatusCode.ServiceUnavailable, 3 },
        { Fault.ResetInBody, HttpStatusCode.ServiceUnavailable, 3 },
        { Fault.MalformedJson, HttpStatusCode.BadGateway, 1 },
    };

    public static TheoryData<Fault> Passing =>
    [
        Fault.Status(429, """{"error":{"type":"invalid_request_error","code":"rate_limit"}}""", "1"),
        Fault.Status(409, """{"error":{"type":"idempotency_error","code":"idempotency_key_in_use"}}"""),
        Fault.Status(500, """{"error":{"type":"api_error"}}"""),
        Fault.Status(503),
        Fault.Reset,
        Fault.ResetInBody,
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task TroubleIsToldAndEveryTryIsTheSameRequestToStripe(Fault fault, HttpStatusCode expected, int tries)
    {
        await using PluginTestHost host = await StartQuietAsync();
        Stripe.Outage = fault;

        using HttpResponseMessage response = await host.CallAsync("create_customer", Customer);

        response.StatusCode.Should().Be(expected, await response.Content.ReadAsStringAsync());
        Posts.Should().HaveCount(tries);
        Posts.Select(static post => (post.Headers["Idempotency-Key"], post.Text())).Distinct().Should().ContainSingle();

        Stripe.Outage = null;
        await host.OkAsync("create_customer", Customer);
        Account.Count("customer").Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task AFaultThatPassesIsRiddenOutAndOneCustomerIsMade(Fault fault)
    {
        await using PluginTestHost host = await StartQuietAsync();
        Stripe.FailNext(fault);

        JsonElement made = await host.OkAsync("create_customer", Customer);

        made.GetProperty("id").GetString().Should().StartWith("cus_");
        Posts.Should().HaveCount(2);
        Account.Count("customer").Should().Be(1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("order-1")]
    public async Task AnAnswerThatIsLostIsAskedForAgainAndOneCustomerIsMade(string? key)
    {
        await using PluginTestHost host = await StartQuietAsync();
        Account.LoseNextAnswers(2);

        JsonElement made = await host.OkAsync("create_customer", Customer, key is null ? [] : [(ContractHeaders.IdempotencyKey, key)]);

        Posts.Should().HaveCount(3);
        Posts.Select(static post => post.Headers["Idempotency-Key"]).Distinct().Should().ContainSingle();
        Account.Count("customer").Should().Be(1);
        made.GetProperty("name").GetString().Should().Be("once");
    }

    [Fact]
    public async Task ACallerWhoHeardNothingRepeatsUnderTheSameKeyAndPaysOnce()
    {
        const string Payment = """{ "amount": 1099, "currency": "eur", "confirm": true, "paymentMethod": "pm_card_visa" }""";
        await using PluginTestHost host = await StartQuietAsync();
        Account.LoseNextAnswers(3);

        using HttpResponseMessage lost = await host.CallAsync("create_payment_intent", Payment, (ContractHeaders.IdempotencyKey, "order-1"));
        JsonElement paid = await host.OkAsync("create_payment_intent", Payment, (ContractHeaders.IdempotencyKey, "order-1"));

        lost.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        paid.GetProperty("status").GetString().Should().Be("succeeded");
        Account.Count("charge").Should().Be(1);
    }

    [Theory]
    [InlineData("get_balance", "")]
    [InlineData("create_customer", Customer)]
    public async Task SilenceEndsAtTheCallersDeadline(string operation, string body)
    {
        await using PluginTestHost host = await StartQuietAsync();
        foreach (Fault fault in new[] { Fault.Silence, Fault.StalledBody })
        {
            Stripe.Outage = fault;

            using HttpResponseMessage response = await host.CallAsync(operation, body, (ContractHeaders.TimeoutMilliseconds, "200"));

            response.StatusCode.Should().Be(HttpStatusCode.GatewayTimeout, fault.Name);
        }

        Stripe.Requests.Should().HaveCount(2, "a silent Stripe is asked once a call");
        Stripe.Outage = null;
        await host.OkAsync(operation, body);
    }

    [Fact]
    public async Task AListIsGoneOnWithAfterAPageThatFailed()
    {
        await using PluginTestHost host = await StartQuietAsync();
        for (int number = 0; number < 101; number++)
        {
            await host.OkAsync("create_customer", Customer);
        }

        Stripe.Forget();
        Stripe.FailNext(Fault.Reset, Fault.Status(500));
        JsonElement all = await host.OkAsync("list", """{ "resource": "customers", "maxItems": 1000 }""");

        all.GetProperty("items").GetArrayLength().Should().Be(101);
        Stripe.Requests.Should().HaveCount(4);
    }

    [Fact]
    public async Task APageThatPromisesMoreAndHasNothingEndsTheList()
    {
        await using PluginTestHost host = await StartQuietAsync();
        Stripe.Outage = Fault.Status(200, """{"object":"list","data":[],"has_more":true}""");

        JsonElement none = await host.OkAsync("list", """{ "resource": "refunds" }""");

        none.GetProperty("items").GetArrayLength().Should().Be(0);
        none.GetProperty("hasMore").GetBoolean().Should().BeFalse();
        Stripe.Requests.Should().ContainSingle();
    }
}
