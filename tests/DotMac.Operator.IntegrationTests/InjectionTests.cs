using System.Text.Json.Nodes;
using DotMac.Operator.IntegrationTests.Fixture;
using DotMac.Testing;

namespace DotMac.Operator.IntegrationTests;

/// <summary>Pods that are made while Vault's injector is down.</summary>
[Collection(OperatorCollection.Name)]
public sealed class InjectionTests(OperatorFixture fixture)
{
    private const string Label = "example.com/inject";

    [Fact]
    public async Task A_pod_without_its_agent_is_named_and_made_anew_once_the_injector_is_back()
    {
        var tenant = new Tenant(fixture.ControlPlane, await fixture.CreateTenantAsync());
        await tenant.PatchAsync($"api/v1/namespaces/{tenant.Namespace}", new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [Label] = "yes" } } });
        await using var injector = await InjectorStandIn.StartAsync();
        await tenant.ApplyAsync(Plugin(tenant.Namespace));
        var message = await tenant.WaitForConditionAsync("SecretsInjected", "False", "InjectionMissing");
        var before = (await PodsAsync(tenant)).Should().ContainSingle().Subject;
        message.Should().Contain(Name(before));

        await injector.RegisterAsync(fixture.ControlPlane, tenant.Namespace, Label);
        await tenant.WaitForConditionAsync("SecretsInjected", "True", "Injected");
        var after = (await PodsAsync(tenant)).Should().ContainSingle().Subject;
        Name(after).Should().NotBe(Name(before));
        after["metadata"]!["annotations"]!["vault.hashicorp.com/agent-inject-status"]!.GetValue<string>().Should().Be("injected");
        (await fixture.Operator.MetricAsync("dotmac_pods_recreated_total")).Should().BeGreaterThanOrEqualTo(1);
        injector.Asked.Should().Be(2, "one dry run, one pod");
    }

    [Fact]
    public async Task A_pod_that_its_disruption_budget_protects_stays_until_that_lets_it_go()
    {
        var tenant = new Tenant(fixture.ControlPlane, await fixture.CreateTenantAsync());
        await tenant.PatchAsync($"api/v1/namespaces/{tenant.Namespace}", new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [Label] = "yes" } } });
        await using var injector = await InjectorStandIn.StartAsync();
        await injector.RegisterAsync(fixture.ControlPlane, tenant.Namespace, "example.com/not-yet");
        await fixture.ControlPlane.SendAsync(HttpMethod.Post, $"apis/policy/v1beta1/namespaces/{tenant.Namespace}/poddisruptionbudgets", JsonNode.Parse("""
            {"apiVersion":"policy/v1beta1","kind":"PodDisruptionBudget","metadata":{"name":"twilio"},
             "spec":{"maxUnavailable":0,"selector":{"matchLabels":{"app.kubernetes.io/instance":"twilio"}}}}
            """)!.AsObject());
        await tenant.ApplyAsync(Plugin(tenant.Namespace));
        await tenant.WaitForConditionAsync("SecretsInjected", "False", "InjectionMissing");
        var before = Name((await PodsAsync(tenant)).Should().ContainSingle().Subject);

        // A pod that does not run is nothing that a budget protects; there is no kubelet here to run it.
        await tenant.PatchAsync($"api/v1/namespaces/{tenant.Namespace}/pods/{before}/status", JsonNode.Parse("""
            {"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}
            """)!.AsObject());
        await Eventually.BeTrueAsync(
            async () => (await tenant.GetAsync($"apis/policy/v1beta1/namespaces/{tenant.Namespace}/poddisruptionbudgets/twilio"))?["status"]?["currentHealthy"]?.GetValue<int>() == 1,
            TimeSpan.FromSeconds(30),
            "the budget knows the pod");

        await tenant.PatchAsync($"api/v1/namespaces/{tenant.Namespace}", new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["example.com/not-yet"] = "yes" } } });
        await Eventually.BeTrueAsync(() => injector.Asked > 0, TimeSpan.FromSeconds(60), "the operator has asked");
        await Eventually.BeTrueAsync(
            () => fixture.Operator.Log.Contains("a disruption budget protects it", StringComparison.Ordinal), TimeSpan.FromSeconds(30), "the operator says what it waits for");
        Name((await PodsAsync(tenant)).Should().ContainSingle().Subject).Should().Be(before);

        await tenant.DeleteAsync($"apis/policy/v1beta1/namespaces/{tenant.Namespace}/poddisruptionbudgets/twilio");
        await tenant.WaitForConditionAsync("SecretsInjected", "True", "Injected");
    }

    private static JsonObject Plugin(string ns)
    {
        var plugin = Manifests.Twilio(ns);
        var config = plugin["spec"]!["config"]!;
        config["accountSid"] = "${vault:twilio/account_sid}";
        config["authToken"] = "${vault:twilio/auth_token}";
        return plugin;
    }

    private static string Name(JsonNode pod) => pod["metadata"]!["name"]!.GetValue<string>();

    private async Task<IReadOnlyList<JsonNode>> PodsAsync(Tenant tenant)
    {
        var list = await fixture.ControlPlane.SendAsync(HttpMethod.Get, $"api/v1/namespaces/{tenant.Namespace}/pods");
        return [.. list["items"]!.AsArray().Where(static p => p!["metadata"]!["deletionTimestamp"] is null)!];
    }
}
