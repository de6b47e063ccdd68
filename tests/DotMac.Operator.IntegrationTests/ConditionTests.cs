using System.Text.Json.Nodes;
using DotMac.Operator.IntegrationTests.Fixture;

namespace DotMac.Operator.IntegrationTests;

[Collection(OperatorCollection.Name)]
public sealed class ConditionTests(OperatorFixture fixture)
{
    private static readonly string[] Always = ["Ready", "ConfigValid", "DependenciesReady", "SecretsReady", "SecretsInjected", "Available", "Healthy"];

    [Fact]
    public async Task Every_condition_is_set_on_the_first_visit_each_with_its_generation()
    {
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        var plugin = await tenant.WaitForPhaseAsync("Installing");
        foreach (var type in Always)
        {
            var condition = Tenant.Condition(plugin, type);
            condition.Should().NotBeNull(type);
            condition!["observedGeneration"]!.GetValue<long>().Should().Be(1);
            condition["reason"]!.GetValue<string>().Should().MatchRegex("^[A-Z][A-Za-z]+$");
            condition["message"]!.GetValue<string>().Should().NotBeEmpty();
        }

        Tenant.Condition(plugin, "Reconciling")!["status"]!.GetValue<string>().Should().Be("True");
        Tenant.Condition(plugin, "Stalled").Should().BeNull();
    }

    [Fact]
    public async Task A_namespace_without_the_label_is_no_tenant_until_it_has_it()
    {
        var tenant = new Tenant(fixture.ControlPlane, await fixture.ControlPlane.CreateNamespaceAsync("plain"));
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        (await tenant.WaitForConditionAsync("Ready", "False", "NotATenant")).Should().Contain("plugins.dotmac.io/tenant=");
        await tenant.PatchAsync($"api/v1/namespaces/{tenant.Namespace}", Json("""{"metadata":{"labels":{"plugins.dotmac.io/tenant":"late"}}}"""));
        await tenant.WaitForChildrenAsync();
    }

    [Fact]
    public async Task An_unknown_plugin_is_named()
    {
        var tenant = await NewTenantAsync();
        var plugin = Manifests.Twilio(tenant.Namespace);
        plugin["spec"]!["plugin"] = "twillio";
        await tenant.ApplyAsync(plugin);
        (await tenant.WaitForConditionAsync("Ready", "False", "DefinitionNotFound")).Should().Contain("/spec/plugin").And.Contain("twillio");
        (await tenant.WaitForConditionAsync("Stalled", "True", "DefinitionNotFound")).Should().NotBeEmpty();
        (await tenant.WaitForPhaseAsync("Failed")).Should().NotBeNull();
    }

    [Fact]
    public async Task An_unknown_version_is_named_with_those_there_are()
    {
        var tenant = await NewTenantAsync();
        var plugin = Manifests.Twilio(tenant.Namespace);
        plugin["spec"]!["version"] = "9.9.9";
        await tenant.ApplyAsync(plugin);
        (await tenant.WaitForConditionAsync("ConfigValid", "False", "VersionNotFound")).Should().Contain("/spec/version").And.Contain("1.0.0");
    }

    [Fact]
    public async Task A_config_that_breaks_the_schema_leaves_the_last_good_one_running()
    {
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        await tenant.WaitForChildrenAsync();
        var before = await tenant.GetAsync(tenant.DeploymentPath());
        var map = await tenant.GetAsync(tenant.Path("api/v1/configmaps"));

        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace, config: Manifests.Config("0800-call-me")));
        var message = await tenant.WaitForConditionAsync("ConfigValid", "False", "ConfigInvalid");
        message.Should().Contain("/spec/config/phoneNumber");
        (await tenant.GetAsync(tenant.DeploymentPath()))!["metadata"]!["generation"]!.GetValue<long>().Should().Be(before!["metadata"]!["generation"]!.GetValue<long>());
        (await tenant.GetAsync(tenant.Path("api/v1/configmaps")))!["data"]!.ToJsonString().Should().Be(map!["data"]!.ToJsonString());

        // Switching off works all the same.
        await tenant.PatchAsync(tenant.PluginPath(), Json("""{"spec":{"enabled":false}}"""));
        await tenant.WaitForObjectAsync(tenant.DeploymentPath(), static d => d["spec"]!["replicas"]!.GetValue<int>() == 0, "is scaled to zero");
    }

    [Fact]
    public async Task A_missing_secret_is_named_with_its_field_and_its_coming_is_noticed()
    {
        var tenant = await NewTenantAsync();
        var config = Manifests.Config();
        config["authToken"] = "${secret:twilio-credentials/auth_token}";
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace, config: config));
        (await tenant.WaitForConditionAsync("SecretsReady", "False", "SecretNotFound"))
            .Should().Contain("/spec/config/authToken").And.Contain("twilio-credentials").And.Contain("auth_token");
        (await tenant.GetAsync(tenant.DeploymentPath())).Should().BeNull();

        await tenant.CreateSecretAsync("twilio-credentials", ("auth_token", "canary-5f2c9a"));
        await tenant.WaitForConditionAsync("SecretsReady", "True", "SecretsFound");
        var deployment = await tenant.WaitForObjectAsync(tenant.DeploymentPath(), static _ => true, "is there");
        deployment["spec"]!["template"]!["spec"]!["volumes"]!.ToJsonString().Should().Contain("twilio-credentials/auth_token");

        // The value is in the Secret and nowhere else.
        foreach (var collection in Tenant.ChildCollections)
        {
            (await tenant.GetAsync(tenant.Path(collection)))!.ToJsonString().Should().NotContain("canary-5f2c9a");
        }

        (await tenant.GetAsync(tenant.PluginPath()))!.ToJsonString().Should().NotContain("canary-5f2c9a");
        fixture.Operator.Log.Should().NotContain("canary-5f2c9a");
    }

    [Fact]
    public async Task A_plain_text_secret_is_refused_without_being_repeated()
    {
        var tenant = await NewTenantAsync();
        var config = Manifests.Config();
        config["authToken"] = "canary-plain-81d0";
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace, config: config));
        var message = await tenant.WaitForConditionAsync("ConfigValid", "False", "ConfigInvalid");
        message.Should().Contain("/spec/config/authToken").And.Contain("${").And.NotContain("canary-plain-81d0");
        fixture.Operator.Log.Should().NotContain("canary-plain-81d0");
    }

    [Fact]
    public async Task Deactivating_scales_to_zero_and_activating_brings_it_back()
    {
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        await tenant.WaitForChildrenAsync();
        await tenant.PatchAsync(tenant.PluginPath(), Json("""{"spec":{"enabled":false}}"""));
        var plugin = await tenant.WaitForPhaseAsync("Inactive");
        plugin["status"]!["ready"]!.GetValue<string>().Should().Be("0/0");
        await tenant.WaitForObjectAsync(tenant.DeploymentPath(), static d => d["spec"]!["replicas"]!.GetValue<int>() == 0, "is scaled to zero");
        (await tenant.GetAsync(tenant.Path("api/v1/configmaps"))).Should().NotBeNull();

        await tenant.PatchAsync(tenant.PluginPath(), Json("""{"spec":{"enabled":true}}"""));
        await tenant.WaitForPhaseAsync("Installing");
        await tenant.WaitForObjectAsync(tenant.DeploymentPath(), static d => d["spec"]!["replicas"]!.GetValue<int>() == 1, "has a replica again");
    }

    [Fact]
    public async Task Without_a_Vault_the_children_are_made_with_the_injectors_annotations()
    {
        var tenant = await NewTenantAsync();
        var config = Manifests.Config();
        config["authToken"] = "${vault:twilio/auth_token}";
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace, config: config));
        (await tenant.WaitForConditionAsync("SecretsReady", "Unknown", "VaultNotConfigured")).Should().Contain("--vault-address");
        var deployment = await tenant.WaitForObjectAsync(tenant.DeploymentPath(), static _ => true, "is there");
        var annotations = deployment["spec"]!["template"]!["metadata"]!["annotations"]!;
        annotations["vault.hashicorp.com/agent-inject"]!.GetValue<string>().Should().Be("true");
        annotations["vault.hashicorp.com/agent-inject-secret-twilio"]!.GetValue<string>().Should().Be("secret/data/tenants/acme/twilio");
        annotations["vault.hashicorp.com/role"]!.GetValue<string>().Should().Be("dotmac-acme-twilio");

        // There is no injector here: its absence is found on the pod and named.
        await tenant.WaitForConditionAsync("SecretsInjected", "False", "InjectionMissing");
    }

    [Fact]
    public async Task A_definition_counts_its_installations()
    {
        var tenant = await NewTenantAsync();
        await fixture.ControlPlane.SendAsync(HttpMethod.Post, "apis/plugins.dotmac.io/v1alpha1/plugindefinitions", Json("""
            {"apiVersion":"plugins.dotmac.io/v1alpha1","kind":"PluginDefinition","metadata":{"name":"counted"},
             "spec":{"versions":[{"version":"1.0.0","image":"example.invalid/counted:1.0.0"}]}}
            """));
        foreach (var name in new[] { "one", "two" })
        {
            var plugin = Manifests.Twilio(tenant.Namespace, name, config: []);
            plugin["spec"]!["plugin"] = "counted";
            await tenant.ApplyAsync(plugin);
        }

        await tenant.WaitForObjectAsync(
            "apis/plugins.dotmac.io/v1alpha1/plugindefinitions/counted",
            static d => d["status"]?["installations"]?.GetValue<int>() == 2 && Tenant.Condition(d, "Ready")?["status"]?.GetValue<string>() == "True",
            "counts two installations and is ready");
        await tenant.DeleteAsync(tenant.PluginPath("one"));
        await tenant.WaitForObjectAsync(
            "apis/plugins.dotmac.io/v1alpha1/plugindefinitions/counted", static d => d["status"]?["installations"]?.GetValue<int>() == 1, "counts one");
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private async Task<Tenant> NewTenantAsync() => new(fixture.ControlPlane, await fixture.CreateTenantAsync());
}
