using System.Diagnostics;
using System.Text.Json.Nodes;
using DotMac.EndToEndTests.Fixture;
using DotMac.Testing;

namespace DotMac.EndToEndTests;

/// <summary>
/// What an on-call engineer meets at three in the morning: each shows in <c>kubectl get tp</c> within two probe intervals, with a message that
/// names the cause and the way out, and goes by itself once the cause is gone. A vendor's outage is in <see cref="VendorPluginTests"/>.
/// </summary>
[Collection(DemoCollection.Name)]
public sealed class HealthTests
{
    private static readonly TimeSpan TwoProbes = TimeSpan.FromSeconds(30);

    // Kubernetes' own back-off between two tries to make or start a pod comes on top of ours.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task A_process_that_is_killed_shows_and_is_forgotten_again()
    {
        var tenant = await TwilioTenant.ActiveAsync();
        Kill((await tenant.PodsAsync()).Should().ContainSingle().Subject);

        var status = await tenant.WaitForAsync("tells of the killed process", static s => Reason(s, "Healthy") == "ContainerRestarted", TwoProbes);

        PluginTenant.ConditionMessage(status, "Healthy").Should().Contain("exited with code 137 (killed)").And.Contain("kubectl logs");
        (await ShownAsync(tenant)).Should().MatchRegex("(Degraded|Unhealthy).*exited with code 137");
        status = await tenant.WaitForAsync("is well again", static s => PluginTenant.Text(s, "phase") == "Active" && PluginTenant.Text(s["health"], "state") == "Healthy", Recovery);
        status["metrics"]!["restarts"]!.GetValue<int>().Should().Be(1);
        await EventAsync(tenant, "ContainerRestarted");
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task Memory_filled_to_the_limit_shows_with_the_limit_to_raise()
    {
        var tenant = await TwilioTenant.ActiveAsync();
        await tenant.ChangeAsync(static spec => spec["resources"] = Memory("24Mi"));

        var status = await tenant.WaitForAsync("tells of the killed container", static s => Reason(s, "Healthy") == "OOMKilled", Recovery);

        PluginTenant.ConditionMessage(status, "Healthy").Should().Contain("more memory than its limit").And.Contain("spec.resources.limits.memory");
        PluginTenant.Text(status["health"], "state").Should().BeOneOf("Degraded", "Unhealthy");
        await tenant.ChangeAsync(static spec => spec["resources"] = Memory("256Mi"));
        await tenant.WaitForAsync("is well again", static s => PluginTenant.Text(s, "phase") == "Active" && PluginTenant.Text(s["health"], "state") == "Healthy", Recovery);
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task An_image_that_does_not_exist_is_named_and_a_corrected_one_is_taken()
    {
        var tenant = await PluginTenant.NewAsync("broken");
        var definition = Definition(tenant.Tenant, "docker.io/dotmac/no-such-plugin:1.0.0");
        await DemoFixture.ApplyAsync(definition);
        try
        {
            await tenant.WriteCredentialsAsync(new JsonObject { ["account_sid"] = TwilioTenant.AccountSid, ["auth_token"] = TwilioTenant.AuthToken });
            await tenant.InstallAsync(new JsonObject { ["plugin"] = tenant.Tenant, ["config"] = Config(tenant) });

            var status = await tenant.WaitForAsync("names the image", static s => Reason(s, "Available") == "ImagePullFailed", TwoProbes);

            PluginTenant.ConditionMessage(status, "Available").Should().Contain("docker.io/dotmac/no-such-plugin:1.0.0").And.Contain("PluginDefinition");
            (await ShownAsync(tenant)).Should().Contain("Unhealthy").And.Contain("no-such-plugin");
            await EventAsync(tenant, "ImagePullFailed");

            // In place it cannot be corrected while somebody runs it; a plugin that names no version takes the next one.
            definition["spec"]!["versions"]!.AsArray().Add(new JsonObject { ["version"] = "1.0.1", ["image"] = await TwilioImageAsync() });
            await DemoFixture.ApplyAsync(definition);
            await tenant.WaitForAsync("runs", static s => Reason(s, "Available") == "PodsAvailable", Recovery);
        }
        finally
        {
            // Nobody may have it any more before it can go.
            await DemoFixture.KubectlAsync("-n", tenant.Namespace, "delete", "tenantplugin", "--all");
            await tenant.DeleteAsync();
            await Eventually.BeTrueAsync(
                async () => (await Command.RunAsync("kubectl", ["delete", "plugindefinition", tenant.Tenant, "--ignore-not-found"])).ExitCode == 0,
                TimeSpan.FromSeconds(30),
                "the definition goes");
        }
    }

    [Fact]
    public async Task A_quota_that_is_too_small_is_named_and_forgotten_once_it_is_raised()
    {
        var tenant = await PluginTenant.NewAsync("twilio");
        await DemoFixture.ApplyAsync(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ResourceQuota",
            ["metadata"] = new JsonObject { ["name"] = "small", ["namespace"] = tenant.Namespace },
            ["spec"] = new JsonObject { ["hard"] = new JsonObject { ["limits.memory"] = "64Mi" } },
        });
        await tenant.WriteCredentialsAsync(new JsonObject { ["account_sid"] = TwilioTenant.AccountSid, ["auth_token"] = TwilioTenant.AuthToken });
        await tenant.InstallAsync(new JsonObject { ["plugin"] = "twilio", ["config"] = Config(tenant) });

        var status = await tenant.WaitForAsync("names the quota", static s => Reason(s, "Available") == "QuotaExceeded", TwoProbes);

        PluginTenant.ConditionMessage(status, "Available").Should().Contain("exceeded quota: small").And.Contain("Raise the ResourceQuota");
        (await ShownAsync(tenant)).Should().Contain("Unhealthy").And.Contain("exceeded quota");
        await DemoFixture.KubectlAsync("-n", tenant.Namespace, "delete", "resourcequota", "small");
        await tenant.WaitForAsync("runs", static s => Reason(s, "Available") == "PodsAvailable", Recovery);
        await tenant.DeleteAsync();
    }

    private static string? Reason(JsonNode status, string type) =>
        PluginTenant.Text(status["conditions"]?.AsArray().FirstOrDefault(c => PluginTenant.Text(c, "type") == type), "reason");

    private static JsonObject Memory(string amount) => new()
    {
        ["requests"] = new JsonObject { ["memory"] = "16Mi" },
        ["limits"] = new JsonObject { ["memory"] = amount },
    };

    private static JsonObject Config(PluginTenant tenant) => new()
    {
        ["accountSid"] = $"${{secret:{tenant.Name}-credentials/account_sid}}",
        ["authToken"] = $"${{secret:{tenant.Name}-credentials/auth_token}}",
        ["phoneNumber"] = "+15005550006",
        ["baseUrl"] = "http://twilio-stand-in.dotmac-demo.svc.cluster.local",
    };

    private static async Task<string> ShownAsync(PluginTenant tenant) =>
        await DemoFixture.KubectlAsync("-n", tenant.Namespace, "get", "tp", tenant.Name, "-o", "wide", "--no-headers");

    private static async Task EventAsync(PluginTenant tenant, string reason) =>
        await DotMac.Testing.Eventually.BeTrueAsync(
            async () => (await DemoFixture.KubectlAsync("-n", tenant.Namespace, "get", "events", "--field-selector", $"reason={reason},involvedObject.kind=TenantPlugin", "-o", "name")).Length > 0,
            TimeSpan.FromSeconds(30),
            $"there is an event {reason}");

    private static async Task<string> TwilioImageAsync() =>
        (await DemoFixture.KubectlAsync("get", "plugindefinition", "twilio", "-o", "jsonpath={.spec.versions[0].image}")).Trim();

    private static JsonObject Definition(string name, string image) => new()
    {
        ["apiVersion"] = "plugins.dotmac.io/v1alpha1",
        ["kind"] = "PluginDefinition",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject
        {
            ["category"] = "custom",
            ["versions"] = new JsonArray(new JsonObject { ["version"] = "1.0.0", ["image"] = image }),
        },
    };

    // Process 1 of a container cannot be killed from inside; from its node it can, as the kernel or an engineer would.
    private static void Kill(JsonNode pod)
    {
        var uid = pod["metadata"]!["uid"]!.GetValue<string>();
        var ours = Process.GetProcesses().Where(process => IsPlugin($"/proc/{process.Id}", uid)).ToList();
        ours.Should().ContainSingle("the cluster's containers run on this machine").Which.Kill();
    }

    private static bool IsPlugin(string directory, string uid)
    {
        try
        {
            // The sandbox's own process, which only waits, is of the same pod.
            return File.ReadAllText(Path.Combine(directory, "cgroup")).Contains(uid, StringComparison.Ordinal)
                && File.ReadAllText(Path.Combine(directory, "comm")).Trim() != "pause";
        }
        catch (IOException)
        {
            return false;
        }
    }
}
