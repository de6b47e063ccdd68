using System.Text.Json.Nodes;
using DotMac.Operator.IntegrationTests.Fixture;

namespace DotMac.Operator.IntegrationTests;

[Collection(OperatorCollection.Name)]
public sealed class ChildrenTests(OperatorFixture fixture)
{
    [Fact]
    public async Task A_TenantPlugin_becomes_its_children_each_owned_and_labelled()
    {
        var tenant = await NewTenantAsync();
        var plugin = await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        await tenant.WaitForChildrenAsync();
        foreach (var collection in Tenant.ChildCollections)
        {
            var child = await tenant.GetAsync(tenant.Path(collection));
            var owner = child!["metadata"]!["ownerReferences"]!.AsArray().Should().ContainSingle().Subject!;
            owner["uid"]!.GetValue<string>().Should().Be(plugin["metadata"]!["uid"]!.GetValue<string>());
            owner["controller"]!.GetValue<bool>().Should().BeTrue();
            var labels = child["metadata"]!["labels"]!;
            labels["plugins.dotmac.io/tenant"]!.GetValue<string>().Should().Be("acme");
            labels["plugins.dotmac.io/plugin"]!.GetValue<string>().Should().Be("twilio");
            labels["app.kubernetes.io/managed-by"]!.GetValue<string>().Should().Be("dotmac-operator");
        }
    }

    [Fact]
    public async Task A_deleted_child_comes_back()
    {
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        await tenant.WaitForChildrenAsync();
        foreach (var collection in Tenant.ChildCollections)
        {
            var path = tenant.Path(collection);
            var uid = Uid(await tenant.GetAsync(path));
            await tenant.DeleteAsync(path);
            await tenant.WaitForObjectAsync(path, child => Uid(child) != uid, "is another one");
        }
    }

    [Fact]
    public async Task A_hand_edit_of_our_fields_is_put_back_and_other_fields_are_left_alone()
    {
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        await tenant.WaitForChildrenAsync();

        var map = tenant.Path("api/v1/configmaps");
        await tenant.PatchAsync(map, Json("""{"metadata":{"annotations":{"example.com/note":"mine"}},"data":{"plugin.json":"{}"}}"""));
        var mended = await tenant.WaitForObjectAsync(map, m => m["data"]!["plugin.json"]!.GetValue<string>() != "{}", "holds the config again");
        mended["metadata"]!["annotations"]!["example.com/note"]!.GetValue<string>().Should().Be("mine");

        await tenant.PatchAsync(tenant.DeploymentPath(), Json("""{"spec":{"replicas":7}}"""));
        await tenant.WaitForObjectAsync(tenant.DeploymentPath(), d => d["spec"]!["replicas"]!.GetValue<int>() == 1, "has one replica again");

        // A rule more in a policy is a hole in the sandbox: lists of rules are ours as a whole.
        var policy = tenant.Path("apis/networking.k8s.io/v1/networkpolicies");
        await tenant.PatchAsync(policy, Json("""{"spec":{"egress":[{}]}}"""));
        await tenant.WaitForObjectAsync(policy, p => p["spec"]!["egress"]!.AsArray().Count > 1, "has its rules again");
    }

    [Fact]
    public async Task An_unrelated_object_of_the_same_name_is_left_alone_and_named()
    {
        var tenant = await NewTenantAsync();
        var path = tenant.Path("api/v1/configmaps");
        await fixture.ControlPlane.SendAsync(HttpMethod.Post, $"api/v1/namespaces/{tenant.Namespace}/configmaps", Json("""
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"twilio"},"data":{"theirs":"yes"}}
            """));
        var before = (await tenant.GetAsync(path))!.ToJsonString();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        var message = await tenant.WaitForConditionAsync("Ready", "False", "NameConflict");
        message.Should().Contain("ConfigMap twilio");
        (await tenant.GetAsync(path))!.ToJsonString().Should().Be(before);
        (await tenant.GetAsync(tenant.DeploymentPath())).Should().BeNull("half a plugin beside somebody else's object helps nobody");

        await tenant.DeleteAsync(path);
        await tenant.WaitForChildrenAsync();
    }

    [Fact]
    public async Task Deleting_a_TenantPlugin_removes_every_child()
    {
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        await tenant.WaitForChildrenAsync();
        await tenant.DeleteAsync(tenant.PluginPath());
        foreach (var collection in Tenant.ChildCollections)
        {
            await tenant.WaitUntilGoneAsync(tenant.Path(collection));
        }
    }

    [Fact]
    public async Task Switching_the_sandbox_off_removes_the_policy_and_on_brings_it_back()
    {
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        await tenant.WaitForChildrenAsync();
        var policy = tenant.Path("apis/networking.k8s.io/v1/networkpolicies");
        await tenant.PatchAsync(tenant.PluginPath(), Json("""{"spec":{"sandbox":{"enabled":false}}}"""));
        await tenant.WaitUntilGoneAsync(policy);
        await tenant.PatchAsync(tenant.PluginPath(), Json("""{"spec":{"sandbox":{"enabled":true}}}"""));
        await tenant.WaitForObjectAsync(policy, static _ => true, "is there");
    }

    [Fact]
    public async Task An_ingress_exposes_the_webhooks_alone_and_goes_with_its_wish()
    {
        var tenant = await NewTenantAsync();
        var plugin = Manifests.Twilio(tenant.Namespace);
        plugin["spec"]!["ingress"] = Json("""{"host":"hooks.acme.example","className":"nginx","tlsSecretName":"hooks"}""");
        await tenant.ApplyAsync(plugin);
        var path = tenant.Path("apis/networking.k8s.io/v1/ingresses");
        var ingress = await tenant.WaitForObjectAsync(path, static _ => true, "is there");
        var route = ingress["spec"]!["rules"]!.AsArray().Should().ContainSingle().Subject!["http"]!["paths"]!.AsArray().Should().ContainSingle().Subject!;
        route["path"]!.GetValue<string>().Should().Be("/v1/webhooks/");

        plugin["spec"]!.AsObject().Remove("ingress");
        await tenant.ApplyAsync(plugin);
        await tenant.WaitUntilGoneAsync(path);
    }

    [Fact]
    public async Task Several_pods_have_a_budget_of_disruptions_in_the_version_that_the_server_serves_and_one_has_none()
    {
        var tenant = await NewTenantAsync();
        var plugin = Manifests.Twilio(tenant.Namespace);
        plugin["spec"]!["replicas"] = 2;
        await tenant.ApplyAsync(plugin);
        var path = tenant.Path(await BudgetsAsync());
        var budget = await tenant.WaitForObjectAsync(path, static _ => true, "is there");
        budget["spec"]!["maxUnavailable"]!.GetValue<int>().Should().Be(1);
        var selector = budget["spec"]!["selector"]!.ToJsonString();
        (await tenant.WaitForObjectAsync(tenant.DeploymentPath(), static _ => true, "is there"))["spec"]!["selector"]!.ToJsonString().Should().Be(selector);

        await tenant.DeleteAsync(path);
        await tenant.WaitForObjectAsync(path, b => Uid(b) != Uid(budget), "is another one");

        await tenant.PatchAsync(tenant.PluginPath(), Json("""{"spec":{"replicas":1}}"""));
        await tenant.WaitUntilGoneAsync(path);
    }

    [Fact]
    public async Task An_autoscaler_takes_the_number_of_pods_over_and_gives_it_back()
    {
        var tenant = await NewTenantAsync();
        var plugin = Manifests.Twilio(tenant.Namespace);
        plugin["spec"]!["replicas"] = 3;
        await tenant.ApplyAsync(plugin);
        await tenant.WaitForObjectAsync(tenant.DeploymentPath(), static d => d["spec"]!["replicas"]!.GetValue<int>() == 3, "has three replicas");

        plugin["spec"]!.AsObject().Remove("replicas");
        plugin["spec"]!["autoscaling"] = Json("""{"minReplicas":2,"maxReplicas":5,"targetCpuPercent":70}""");
        await tenant.ApplyAsync(plugin);
        var path = tenant.Path("apis/autoscaling/v1/horizontalpodautoscalers");
        var autoscaler = await tenant.WaitForObjectAsync(path, static _ => true, "is there");
        autoscaler["spec"]!["targetCPUUtilizationPercentage"]!.GetValue<int>().Should().Be(70);
        var deployment = await tenant.WaitForObjectAsync(
            tenant.DeploymentPath(),
            static d => d["metadata"]!["managedFields"]!.AsArray().Single(m => m!["manager"]!.GetValue<string>() == "dotmac-operator" && m["operation"]!.GetValue<string>() == "Apply")!["fieldsV1"]!["f:spec"]!["f:replicas"] is null,
            "leaves its replicas to the autoscaler");
        deployment["spec"]!["replicas"]!.GetValue<int>().Should().Be(3, "taking over must not stop pods");

        // What the autoscaler does stays.
        await tenant.PatchAsync(tenant.DeploymentPath(), Json("""{"spec":{"replicas":4}}"""));
        await tenant.WaitForObjectAsync(tenant.PluginPath(), static p => p["status"]?["replicas"]?.GetValue<int>() == 4, "tells of four pods");
        (await tenant.GetAsync(tenant.DeploymentPath()))!["spec"]!["replicas"]!.GetValue<int>().Should().Be(4);

        await tenant.DeleteAsync(path);
        await tenant.WaitForObjectAsync(path, a => Uid(a) != Uid(autoscaler), "is another one");

        await tenant.PatchAsync(tenant.PluginPath(), Json("""{"spec":{"enabled":false}}"""));
        await tenant.WaitUntilGoneAsync(path);
        await tenant.WaitForObjectAsync(tenant.DeploymentPath(), static d => d["spec"]!["replicas"]!.GetValue<int>() == 0, "has no replicas");
    }

    [Fact]
    public async Task A_changed_config_changes_the_pod_template()
    {
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        await tenant.WaitForChildrenAsync();
        var before = Hash((await tenant.GetAsync(tenant.DeploymentPath()))!);

        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace, config: Manifests.Config("+15005550007")));
        var changed = await tenant.WaitForObjectAsync(tenant.DeploymentPath(), d => Hash(d) != before, "has another config hash");
        changed["metadata"]!["generation"]!.GetValue<long>().Should().Be(2);
    }

    [Fact]
    public async Task The_Secrets_that_a_namespace_names_pull_the_images_and_a_mistake_in_them_is_told()
    {
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        await tenant.WaitForChildrenAsync();
        await AnnotateAsync("registry-login,second");
        var deployment = await tenant.WaitForObjectAsync(
            tenant.DeploymentPath(), static d => d["spec"]!["template"]!["spec"]!["imagePullSecrets"]?.AsArray().Count == 2, "pulls with both");
        deployment["spec"]!["template"]!["spec"]!["imagePullSecrets"]!.ToJsonString().Should().Be("""[{"name":"registry-login"},{"name":"second"}]""");

        await AnnotateAsync("Not A Name");
        (await tenant.WaitForConditionAsync("ConfigValid", "False", "TenantInvalid")).Should().Contain("plugins.dotmac.io/image-pull-secrets");

        Task AnnotateAsync(string value) => tenant.PatchAsync(
            $"api/v1/namespaces/{tenant.Namespace}", new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["plugins.dotmac.io/image-pull-secrets"] = value } } });
    }

    private async Task<string> BudgetsAsync()
    {
        var groups = await fixture.ControlPlane.SendAsync(HttpMethod.Get, "apis/policy");
        var isNew = groups["versions"]!.AsArray().Any(static v => v!["version"]!.GetValue<string>() == "v1");
        return $"apis/policy/{(isNew ? "v1" : "v1beta1")}/poddisruptionbudgets";
    }

    private static string? Hash(JsonNode deployment) =>
        deployment["spec"]!["template"]!["metadata"]!["annotations"]?["plugins.dotmac.io/config-hash"]?.GetValue<string>();

    private static string? Uid(JsonNode? child) => child?["metadata"]!["uid"]!.GetValue<string>();

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private async Task<Tenant> NewTenantAsync() => new(fixture.ControlPlane, await fixture.CreateTenantAsync());
}
