using System.Text.Json.Nodes;
using DotMac.Cli;
using DotMac.Operator.IntegrationTests.Fixture;
using DotMac.Testing;
using DotMac.Testing.Pods;

namespace DotMac.Operator.IntegrationTests;

/// <summary>New versions and configs: tried, kept, taken back; and what holds them up.</summary>
[Collection(ProbingCollection.Name)]
public sealed class RolloutTests(ProbingFixture fixture)
{
    private const string Well = """{"state":"Active","checks":[{"name":"credentials","state":"Healthy"}]}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_version_that_does_not_come_up_is_taken_back_and_another_one_is_tried()
    {
        await DefineAsync("rollout", ["1.0.0", "1.1.0"]);
        await using var answers = new HostilePod(HostilePod.Answer(Well));
        var tenant = await TenantAsync();
        await tenant.ApplyAsync(Plugin(tenant, "rollout", "1.0.0"));
        var first = await RunAsync(tenant, "rollout", "1.0.0", answers);
        var good = await ActiveAsync(tenant, "rollout", "1.0.0");

        await tenant.ApplyAsync(Plugin(tenant, "rollout", "1.1.0"));
        await Kubelet.PodAsync(fixture.ControlPlane, tenant, "rollout", ":1.1.0");
        (await tenant.WaitForConditionAsync("Ready", "False", "RolledBack", "rollout"))
            .Should().Contain("Version 1.1.0").And.Contain($"revision {good}").And.Contain("tried again once the spec or the definition changes");
        await tenant.WaitForObjectAsync(
            tenant.PluginPath("rollout"),
            p => Tenant.Condition(p, "Ready")!["message"]!.GetValue<string>().Contains($"version 1.0.0 of revision {good} runs in its place", StringComparison.Ordinal),
            "says what runs");
        await tenant.WaitForObjectAsync(tenant.DeploymentPath("rollout"), static d => Image(d).EndsWith(":1.0.0", StringComparison.Ordinal), "runs the last good version");
        await tenant.WaitForConditionAsync("Available", "True", "PodsAvailable", "rollout");
        (await Kubelet.PodAsync(fixture.ControlPlane, tenant, "rollout"))["metadata"]!["uid"]!.GetValue<string>()
            .Should().Be(first["metadata"]!["uid"]!.GetValue<string>(), "the good pod served all the while");

        // Another operator comes to the same view, and writes nothing.
        var before = (await tenant.GetAsync(tenant.DeploymentPath("rollout")))!["metadata"]!["generation"]!.GetValue<long>();
        await fixture.Operator.KillAsync();
        await fixture.Operator.StartAsync();
        var asked = answers.Requests;
        await Eventually.BeTrueAsync(() => answers.Requests >= asked + 3, Patience, "the new operator has looked");
        (await tenant.GetAsync(tenant.DeploymentPath("rollout")))!["metadata"]!["generation"]!.GetValue<long>().Should().Be(before);
        var status = (await tenant.GetAsync(tenant.PluginPath("rollout")))!["status"]!;
        status["version"]!.GetValue<string>().Should().Be("1.0.0");
        status["rollback"]!["version"]!.GetValue<string>().Should().Be("1.1.0");
        status["availableVersions"]!.AsArray().Should().ContainSingle().Which!.GetValue<string>().Should().Be("1.1.0");

        await DefineAsync("rollout", ["1.0.0", "1.1.0", "1.1.1"]);
        await tenant.ApplyAsync(Plugin(tenant, "rollout", "1.1.1"));
        await RunAsync(tenant, "rollout", "1.1.1", answers);
        (await ActiveAsync(tenant, "rollout", "1.1.1")).Should().NotBe(good);
        var revisions = (await fixture.ControlPlane.SendAsync(HttpMethod.Get, $"apis/apps/v1/namespaces/{tenant.Namespace}/controllerrevisions"))["items"]!.AsArray();
        revisions.Select(static r => r!["data"]!["spec"]!["version"]!.GetValue<string>()).Order().Should().Equal("1.0.0", "1.1.1");

        // By hand there is a way back too.
        (await DotMacAsync(tenant, "history")).Should().MatchRegex(@"REVISION  VERSION  SINCE +NAME\n2 +1\.1\.1 .*\(current\)\n1 +1\.0\.0 ");
        (await DotMacAsync(tenant, "rollback")).Should().Contain("back to revision 1 (version 1.0.0)");
        await RunAsync(tenant, "rollout", "1.0.0", answers);
        (await ActiveAsync(tenant, "rollout", "1.0.0")).Should().Be(good);
        (await DotMacAsync(tenant, "rollback")).Should().Contain("back to revision 2 (version 1.1.1)");

        await tenant.DeleteAsync(tenant.PluginPath("rollout"));
        await Eventually.BeTrueAsync(
            async () => (await fixture.ControlPlane.SendAsync(HttpMethod.Get, $"apis/apps/v1/namespaces/{tenant.Namespace}/controllerrevisions"))["items"]!.AsArray().Count == 0,
            Patience,
            "the revisions go with the plugin");
        await tenant.DeleteAsync($"api/v1/namespaces/{tenant.Namespace}");
    }

    [Fact]
    public async Task A_config_with_which_the_plugin_is_not_well_is_taken_back_too()
    {
        await DefineAsync("rollout-config", ["1.0.0"]);
        await using var old = new HostilePod(HostilePod.Answer(Well));
        await using var refused = new HostilePod(HostilePod.Answer("""{"state":"Failed","checks":[{"name":"credentials","state":"Unhealthy","message":"the vendor refuses the key"}]}"""));
        var tenant = await TenantAsync();
        await tenant.ApplyAsync(Plugin(tenant, "rollout-config", "1.0.0", new JsonObject { ["key"] = "good" }));
        await RunAsync(tenant, "rollout-config", "1.0.0", old);
        await ActiveAsync(tenant, "rollout-config", "1.0.0");

        await tenant.ApplyAsync(Plugin(tenant, "rollout-config", "1.0.0", new JsonObject { ["key"] = "bad" }));
        var pod = string.Empty;
        await Eventually.BeTrueAsync(
            async () =>
            {
                var pods = (await fixture.ControlPlane.SendAsync(HttpMethod.Get, $"api/v1/namespaces/{tenant.Namespace}/pods"))["items"]!.AsArray();
                var waiting = pods.FirstOrDefault(static p => p!["status"]!["phase"]!.GetValue<string>() == "Pending");
                if (waiting is not null)
                {
                    await Kubelet.RunAsync(tenant, waiting, refused);
                    pod = waiting["metadata"]!["name"]!.GetValue<string>();
                }

                return waiting is not null;
            },
            Patience,
            "there is a pod with the new config");
        (await tenant.WaitForConditionAsync("Ready", "False", "RolledBack", "rollout-config")).Should().Contain("ChecksFailed").And.Contain("the vendor refuses the key");
        await tenant.WaitForObjectAsync(
            tenant.Path("api/v1/configmaps", "rollout-config"), static c => c["data"]!["plugin.json"]!.GetValue<string>() == """{"key":"good"}""", "holds the last good config");
        pod.Should().NotBeEmpty();
        await tenant.DeleteAsync($"api/v1/namespaces/{tenant.Namespace}");
    }

    [Fact]
    public async Task An_upgrade_policy_follows_the_catalog_as_far_as_those_who_need_the_plugin_go_along()
    {
        await DefineAsync("rollout-base", ["1.0.0"]);
        await DefineAsync("rollout-user", ["1.0.0"], """[{"plugin":"rollout-base","version":"<1.2.0"}]""");
        await using var answers = new HostilePod(HostilePod.Answer(Well));
        var tenant = await TenantAsync();
        var plugin = Plugin(tenant, "rollout-base", "1.0.0");
        plugin["spec"]!["upgradePolicy"] = "Minor";
        await tenant.ApplyAsync(Plugin(tenant, "rollout-user", "1.0.0"));
        (await tenant.WaitForConditionAsync("DependenciesReady", "False", "DependencyMissing", "rollout-user")).Should().Contain("rollout-base <1.2.0");
        await tenant.ApplyAsync(plugin);
        await RunAsync(tenant, "rollout-base", "1.0.0", answers);
        await ActiveAsync(tenant, "rollout-base", "1.0.0");
        await tenant.WaitForConditionAsync("DependenciesReady", "True", "DependenciesMet", "rollout-user");

        await DefineAsync("rollout-base", ["1.0.0", "1.1.0", "1.2.0", "2.0.0"]);
        await RunAsync(tenant, "rollout-base", "1.1.0", answers);
        await ActiveAsync(tenant, "rollout-base", "1.1.0");
        var status = (await tenant.GetAsync(tenant.PluginPath("rollout-base")))!["status"]!;
        status["availableVersions"]!.AsArray().Select(static v => v!.GetValue<string>()).Should().Equal("2.0.0", "1.2.0");

        await tenant.DeleteAsync(tenant.PluginPath("rollout-user"));
        await RunAsync(tenant, "rollout-base", "1.2.0", answers);
        await ActiveAsync(tenant, "rollout-base", "1.2.0");
        await tenant.DeleteAsync($"api/v1/namespaces/{tenant.Namespace}");
    }

    [Fact]
    public async Task A_paused_plugin_waits_and_a_wish_to_restart_rolls_its_pods()
    {
        await DefineAsync("rollout-pause", ["1.0.0"]);
        await using var answers = new HostilePod(HostilePod.Answer(Well));
        var tenant = await TenantAsync();
        await tenant.ApplyAsync(Plugin(tenant, "rollout-pause", "1.0.0"));
        await RunAsync(tenant, "rollout-pause", "1.0.0", answers);
        await ActiveAsync(tenant, "rollout-pause", "1.0.0");

        await AnnotateAsync(tenant, "plugins.dotmac.io/paused", "true");
        await tenant.WaitForConditionAsync("Paused", "True", "Paused", "rollout-pause");
        var changed = Plugin(tenant, "rollout-pause", "1.0.0");
        changed["spec"]!["replicas"] = 2;
        await tenant.ApplyAsync(changed);
        (await tenant.WaitForConditionAsync("Ready", "False", "Paused", "rollout-pause")).Should().Contain("waits to be");
        (await tenant.GetAsync(tenant.DeploymentPath("rollout-pause")))!["spec"]!["replicas"]!.GetValue<int>().Should().Be(1);
        await AnnotateAsync(tenant, "plugins.dotmac.io/paused", null);
        await tenant.WaitForObjectAsync(tenant.DeploymentPath("rollout-pause"), static d => d["spec"]!["replicas"]!.GetValue<int>() == 2, "goes on");

        await AnnotateAsync(tenant, "plugins.dotmac.io/restartedAt", "2026-02-03T04:05:06Z");
        await tenant.WaitForObjectAsync(
            tenant.DeploymentPath("rollout-pause"),
            static d => d["spec"]!["template"]!["metadata"]!["annotations"]?["plugins.dotmac.io/restartedAt"]?.GetValue<string>() == "2026-02-03T04:05:06Z",
            "is rolled");
        await tenant.WaitForObjectAsync(
            tenant.PluginPath("rollout-pause"),
            static p => Tenant.Condition(p, "Available")?["message"]?.GetValue<string>().Contains("restarted as asked for at 2026-02-03T04:05:06Z", StringComparison.Ordinal) == true,
            "says why its pods roll");
        await tenant.DeleteAsync($"api/v1/namespaces/{tenant.Namespace}");
    }

    private static string Image(JsonNode deployment) => deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>();

    private static Task AnnotateAsync(Tenant tenant, string key, string? value) => tenant.PatchAsync(
        tenant.PluginPath("rollout-pause"), new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [key] = value } } });

    private static JsonObject Plugin(Tenant tenant, string definition, string version, JsonObject? config = null) => new()
    {
        ["apiVersion"] = "plugins.dotmac.io/v1alpha1",
        ["kind"] = "TenantPlugin",
        ["metadata"] = new JsonObject { ["name"] = definition, ["namespace"] = tenant.Namespace },
        ["spec"] = new JsonObject { ["plugin"] = definition, ["version"] = version, ["progressDeadlineSeconds"] = 10, ["config"] = config ?? [] },
    };

    private async Task<string> DotMacAsync(Tenant tenant, string command)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await DotMacCommand.Create(new Terminal(output, error))
            .Parse(["plugin", command, "rollout", "-n", tenant.Namespace, "--kubeconfig", fixture.ControlPlane.KubeconfigPath]).InvokeAsync();
        code.Should().Be(0, error.ToString());
        return output.ToString();
    }

    private async Task<Tenant> TenantAsync() => new(fixture.ControlPlane, await fixture.CreateTenantAsync());

    private Task DefineAsync(string name, IEnumerable<string> versions, string dependencies = "[]") => fixture.ControlPlane.SendAsync(
        HttpMethod.Patch,
        $"apis/plugins.dotmac.io/v1alpha1/plugindefinitions/{name}?fieldManager=catalog&force=true",
        new JsonObject
        {
            ["apiVersion"] = "plugins.dotmac.io/v1alpha1",
            ["kind"] = "PluginDefinition",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = new JsonObject
            {
                ["category"] = "custom",
                ["displayName"] = name,
                ["defaultVersion"] = "1.0.0",
                ["versions"] = new JsonArray(
                [
                    .. versions.Select(version => new JsonObject
                    {
                        ["version"] = version,
                        ["image"] = $"ghcr.io/dotmac/{name}:{version}",
                        ["dependencies"] = JsonNode.Parse(dependencies),
                    }),
                ]),
            },
        },
        "application/apply-patch+yaml");

    private async Task<JsonNode> RunAsync(Tenant tenant, string name, string version, HostilePod answers)
    {
        var pod = await Kubelet.PodAsync(fixture.ControlPlane, tenant, name, ":" + version);
        await Kubelet.RunAsync(tenant, pod, answers);
        return pod;
    }

    // Gives back the revision that it is now the last good one.
    private static async Task<string> ActiveAsync(Tenant tenant, string name, string version)
    {
        await tenant.WaitForPhaseAsync("Active", name);
        var plugin = await tenant.WaitForObjectAsync(
            tenant.PluginPath(name),
            p => p["status"]?["version"]?.GetValue<string>() == version && p["status"]?["rollout"] is null && p["status"]?["rollback"] is null && p["status"]?["currentRevision"] is not null,
            $"version {version} has proven itself");
        return plugin["status"]!["currentRevision"]!.GetValue<string>();
    }
}
