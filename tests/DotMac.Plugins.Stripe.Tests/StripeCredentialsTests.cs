using System.Net;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.Stripe.Tests;

/// <summary>The secret key: wrong, changed, and seen nowhere.</summary>
public sealed class StripeCredentialsTests : StripeTestBase
{
    [Fact]
    public async Task WrongCredentialsShowInTheHealthAndThePluginStaysReady()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe, "sk_test_wr0ng-key-of-somebody");

        string status = await host.WaitForCredentialsAsync(HealthState.Unhealthy);
        using HttpResponseMessage ready = await host.Client.GetAsync(new Uri(ContractPaths.Readyz, UriKind.Relative));
        using HttpResponseMessage call = await host.CallAsync("get_balance", "");

        status.Should().Contain("Invalid API Key").And.Contain("secretKey").And.NotContain("wr0ng-key-of-somebody");
        ready.StatusCode.Should().Be(HttpStatusCode.OK);
        call.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        host.Log.Should().NotContain("wr0ng-key-of-somebody");
    }

    [Fact]
    public async Task AChangedKeyIsInForceWithTheNextCall()
    {
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe, "sk_test_0ld");
        await host.WaitForCredentialsAsync(HealthState.Unhealthy);

        host.WriteVaultSecret("stripe", new Dictionary<string, string> { ["key"] = StripeCalls.SecretKey, ["webhook"] = StripeCalls.WebhookSecret });

        await host.WaitForCredentialsAsync(HealthState.Healthy);
        await host.OkAsync("get_balance", "");
    }

    [Fact]
    public async Task AnOutageIsNoMatterOfCredentials()
    {
        Stripe.Outage = Fault.Status(503);
        await using PluginTestHost host = await StripeCalls.StartAsync(Stripe);

        string status = await host.WaitForCredentialsAsync(HealthState.Degraded);

        status.Should().Contain("not available");
        await host.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task SecretsThatAreNoReferencesAreNotSeenEither()
    {
        // The host replaces what references resolved to. It does not know of these.
        await using PluginTestHost host = await PluginTestHost.StartAsync(new StripePlugin(), new()
        {
            Config = $$"""{ "secretKey": "{{StripeCalls.SecretKey}}", "webhookSecret": "{{StripeCalls.WebhookSecret}}", "baseUrl": "{{Stripe.BaseUrl}}" }""",
        });
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        var answers = new List<string>();
        foreach (Fault? fault in new[] { null, Fault.Status(401, """{"error":{"message":"no"}}"""), Fault.Status(500), Fault.Reset, Fault.MalformedJson })
        {
            Stripe.Outage = fault;
            using HttpResponseMessage response = await host.CallAsync("create_customer", """{ "name": "Ann" }""");
            answers.Add(await response.Content.ReadAsStringAsync());
        }

        Stripe.Outage = null;
        await host.OkAsync("create_payment_intent", """{ "amount": 100, "currency": "eur" }""");
        await host.PostEventAsync("{}", "t=1,v1=00");
        answers.Add(await host.Client.GetStringAsync(new Uri(ContractPaths.Status, UriKind.Relative)));
        answers.Add(await host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)));
        answers.Add(host.Log);

        string.Concat(answers).Should().Contain("create_customer")
            .And.NotContain(StripeCalls.SecretKey).And.NotContain(StripeCalls.WebhookSecret).And.NotContain("_secret_m4de-up");
    }

    [Theory]
    [InlineData("""{ "secretKey": "pk_test_1" }""", "/secretKey", "publishable")]
    [InlineData("""{ "secretKey": "sk_test_1\n" }""", "/secretKey", "line breaks")]
    [InlineData("""{ "secretKey": "sk_test_1", "webhookSecret": "whsec_1\n" }""", "/webhookSecret", "line breaks")]
    [InlineData("""{ "secretKey": "" }""", "/secretKey", "required")]
    [InlineData("""{ "secretKey": "sk_test_1", "baseUrl": "api.stripe.com" }""", "/baseUrl", "absolute")]
    [InlineData("""{ "secretKey": "sk_test_1", "events": { "url": "/events" } }""", "/events/url", "absolute")]
    public async Task AConfigThatCannotWorkIsRefusedWithTheWayOut(string config, string pointer, string wayOut)
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new StripePlugin(), new() { Config = config });

        string problem = await host.WaitForAsync(ContractPaths.Readyz, static response => response.StatusCode == HttpStatusCode.ServiceUnavailable
            && response.Content.ReadAsStringAsync().GetAwaiter().GetResult().Contains("\"/", StringComparison.Ordinal));

        problem.Should().Contain(pointer).And.Contain(wayOut).And.NotContain("sk_test_1").And.NotContain("whsec_1");
    }
}
