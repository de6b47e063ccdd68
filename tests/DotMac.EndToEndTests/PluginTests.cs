using System.Text.Json.Nodes;
using DotMac.EndToEndTests.Fixture;
using DotMac.Testing;

namespace DotMac.EndToEndTests;

[Collection(DemoCollection.Name)]
public sealed class PluginTests
{
    [Fact]
    public async Task The_pod_is_fenced_in()
    {
        var tenant = await TwilioTenant.ActiveAsync();
        (await ExecAsync(tenant, "id", "-u")).Output.Trim().Should().NotBe("0");
        var touch = await ExecAsync(tenant, "touch", "/x");
        touch.ExitCode.Should().NotBe(0);
        (touch.Output + touch.Error).Should().Contain("Read-only file system");
        (await ExecAsync(tenant, "ls", "/var/run/secrets/kubernetes.io/serviceaccount")).ExitCode.Should().NotBe(0, "there is no token of the API server");
        var limit = await ExecAsync(tenant, "cat", "/sys/fs/cgroup/memory/memory.limit_in_bytes");
        if (limit.ExitCode != 0)
        {
            limit = await ExecAsync(tenant, "cat", "/sys/fs/cgroup/memory.max");
        }

        limit.Output.Trim().Should().Be("268435456", "the limit is 256Mi");
        (await ExecAsync(tenant, "env")).Output.Should().NotContain(TwilioTenant.AuthToken, "secrets are files, never environment variables");
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task A_call_through_the_Service_sends_a_message_and_gets_its_SID_and_strangers_are_refused()
    {
        var tenant = await TwilioTenant.ActiveAsync();
        var message = new JsonObject { ["to"] = "+15558675310", ["body"] = "Hello" };
        var (status, answer) = await tenant.CallAsync("send_sms", message);
        status.Should().Be(200, answer?.ToJsonString());
        answer!["sid"]!.GetValue<string>().Should().MatchRegex("^SM[0-9a-f]{32}$");

        var (found, sent) = await tenant.CallAsync("get_message", new JsonObject { ["sid"] = answer["sid"]!.DeepClone() });
        found.Should().Be(200);
        sent!["to"]!.GetValue<string>().Should().Be("+15558675310");

        (await tenant.CallAsync("send_sms", message, tenant: "somebody-else")).Status.Should().Be(403);
        (await tenant.CallAsync("send_sms", message, audience: "https://kubernetes.default.svc")).Status.Should().Be(401);

        // What was called shows in the status, after a probe and the interval for numbers.
        await tenant.WaitForAsync("tells of the two calls", static s => s["metrics"]?["apiCalls"]?.GetValue<long>() >= 2, TimeSpan.FromSeconds(120));
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task A_changed_config_rolls_the_pod()
    {
        var tenant = await TwilioTenant.ActiveAsync();
        var before = (await tenant.PodsAsync()).Should().ContainSingle().Subject;
        await tenant.ChangeAsync(static spec => spec["config"]!["phoneNumber"] = "+15005550001");
        await tenant.WaitForAsync("is active again", static s => PluginTenant.Text(s, "phase") == "Active");
        await Eventually.BeTrueAsync(
            async () => await tenant.PodsAsync() is [var only] && Uid(only) != Uid(before), TimeSpan.FromSeconds(60), "there is one pod, another one");
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task Deactivating_stops_the_pods_and_activating_starts_them()
    {
        var tenant = await TwilioTenant.ActiveAsync();
        await tenant.ChangeAsync(static spec => spec["enabled"] = false);
        await tenant.WaitForAsync("is inactive", static s => PluginTenant.Text(s, "phase") == "Inactive");
        await Eventually.BeTrueAsync(async () => (await tenant.PodsAsync()).Count == 0, TimeSpan.FromSeconds(60), "no pod is left");
        await tenant.ChangeAsync(static spec => spec["enabled"] = true);
        await tenant.WaitForAsync("is active again", static s => PluginTenant.Text(s, "phase") == "Active");
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task A_config_that_breaks_the_schema_is_refused_and_without_admission_leaves_the_running_pod_alone()
    {
        var tenant = await TwilioTenant.ActiveAsync();
        var before = (await tenant.PodsAsync()).Should().ContainSingle().Subject;
        var bad = (JsonObject)tenant.Plugin.DeepClone();
        bad["spec"]!["config"]!["phoneNumber"] = "call me";
        var refused = await Command.RunAsync("kubectl", ["apply", "-f", "-"], bad.ToJsonString());
        refused.ExitCode.Should().NotBe(0);
        refused.Error.Should().Contain("/spec/config/phoneNumber").And.Contain("call me");

        // The reconciler judges by itself what was stored while nobody asked.
        await DemoFixture.KubectlAsync("delete", "validatingwebhookconfiguration", "dotmac-operator");
        try
        {
            await DemoFixture.ApplyAsync(bad);
        }
        finally
        {
            await DemoFixture.KubectlAsync("apply", "-f", Path.Combine(RepositoryRoot.Path, "config", "operator", "webhook.yaml"));
        }

        var status = await tenant.WaitForAsync("is degraded", static s => PluginTenant.Text(s, "phase") == "Degraded");
        PluginTenant.ConditionMessage(status, "Ready").Should().Contain("/spec/config/phoneNumber").And.Contain("last good configuration");
        (await tenant.PodsAsync()).Select(Uid).Should().Equal(Uid(before));
        (await tenant.CallAsync("send_sms", new JsonObject { ["to"] = "+15558675310", ["body"] = "Still here" })).Status.Should().Be(200);
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task Wrong_credentials_show_in_the_health_and_not_as_a_crash_loop()
    {
        var tenant = await TwilioTenant.CreateAsync("not-the-token");
        var status = await tenant.WaitForComplaintAsync("credentials");
        status.ToJsonString().Should().NotContain("not-the-token");
        (await tenant.PodsAsync()).Should().ContainSingle().Which["status"]!["containerStatuses"]![0]!["restartCount"]!.GetValue<int>().Should().Be(0);
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task Killing_the_operator_restarts_no_pod_and_the_next_one_goes_on()
    {
        var tenant = await TwilioTenant.ActiveAsync();
        var before = (await tenant.PodsAsync()).Should().ContainSingle().Subject;
        var generation = (await DemoFixture.GetAsync(tenant.Namespace, "deployment", "twilio"))!["metadata"]!["generation"]!.GetValue<long>();

        // Force and no grace: the kubelet sends SIGKILL.
        await DemoFixture.KubectlAsync("-n", "dotmac-system", "delete", "pods", "-l", "app.kubernetes.io/name=dotmac-operator", "--grace-period=0", "--force");
        var other = await TwilioTenant.ActiveAsync();

        var after = (await tenant.PodsAsync()).Should().ContainSingle().Subject;
        Uid(after).Should().Be(Uid(before));
        after["status"]!["containerStatuses"]![0]!["restartCount"]!.GetValue<int>().Should().Be(0);
        (await DemoFixture.GetAsync(tenant.Namespace, "deployment", "twilio"))!["metadata"]!["generation"]!.GetValue<long>().Should().Be(generation);
        await tenant.DeleteAsync();
        await other.DeleteAsync();
    }

    [Fact]
    public async Task Removing_the_plugin_removes_all_that_it_became()
    {
        var tenant = await TwilioTenant.ActiveAsync();
        await DemoFixture.KubectlAsync("-n", tenant.Namespace, "delete", "tenantplugin", "twilio");
        var left = string.Empty;
        await Eventually.BeTrueAsync(
            async () => (left = await DemoFixture.KubectlAsync(
                "-n", tenant.Namespace, "get", "serviceaccount,configmap,service,networkpolicy,deployment,pod", "-l", "app.kubernetes.io/managed-by=dotmac-operator", "-o", "name")).Length == 0,
            TimeSpan.FromSeconds(90),
            () => $"nothing is left; there is {left}");
        await tenant.DeleteAsync();
    }

    private static string Uid(JsonNode pod) => pod["metadata"]!["uid"]!.GetValue<string>();

    private static async Task<CommandResult> ExecAsync(PluginTenant tenant, params string[] command)
    {
        var pod = (await tenant.PodsAsync())[0]["metadata"]!["name"]!.GetValue<string>();
        return await Command.RunAsync("kubectl", ["-n", tenant.Namespace, "exec", pod, "-c", "plugin", "--", .. command]);
    }
}
