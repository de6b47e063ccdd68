using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.Operator.IntegrationTests.Fixture;

namespace DotMac.Operator.IntegrationTests;

/// <summary>What a tenant who may write TenantPlugins, and nothing else, might try. Each attempt is refused or does nothing.</summary>
[Collection(OperatorCollection.Name)]
public sealed class HostileTenantTests(OperatorFixture fixture)
{
    private const string Canary = "canary-globex";

    private static readonly string[] Collections = [.. Tenant.ChildCollections, "apis/networking.k8s.io/v1/ingresses", "apis/autoscaling/v1/horizontalpodautoscalers"];

    [Theory]
    [InlineData("${vault:../globex/token}")]
    [InlineData("${vault:a/../../globex/token}")]
    [InlineData("${vault:./token/key}")]
    [InlineData("${vault:%2e%2e/globex/token}")]
    [InlineData("${vault:..%2fglobex/token}")]
    [InlineData("${vault:/secret/data/tenants/globex/token}")]
    [InlineData("${vault:a//globex/token}")]
    [InlineData("${vault:a/*}")]
    [InlineData("${vault:+/token}")]
    [InlineData("${vault:a\\..\\globex/token}")]
    [InlineData("${vault:a\" }}{{ with secret \"secret/data/tenants/globex/x\" }}/token}")]
    [InlineData("${vault:a;rm -rf/token}")]
    [InlineData("${vault:$(id)/token}")]
    [InlineData("${secret:../globex/token}")]
    [InlineData("${secret:globex/creds/token}")]
    [InlineData("${file:/etc/passwd}")]
    public async Task A_reference_that_leads_out_of_the_tenants_prefix_becomes_nothing(string reference)
    {
        var tenant = await NewTenantAsync();
        var config = Manifests.Config();
        config["authToken"] = reference;
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace, config: config));
        var message = await tenant.WaitForConditionAsync("ConfigValid", "False", "ConfigInvalid");
        message.Should().Contain("/spec/config/authToken").And.NotContain("globex", "what was written may be a secret");
        (await tenant.GetAsync(tenant.DeploymentPath())).Should().BeNull();
    }

    [Fact]
    public async Task Another_tenants_prefix_is_just_a_path_below_the_own()
    {
        var tenant = await NewTenantAsync();
        var config = Manifests.Config();
        config["authToken"] = "${vault:secret/data/tenants/globex/twilio/auth_token}";
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace, config: config));
        var annotations = await TemplateAnnotationsAsync(tenant);
        var paths = annotations.Where(static a => a.Key.Contains("/agent-inject-secret-", StringComparison.Ordinal)).Select(static a => a.Value!.GetValue<string>());
        paths.Should().Equal("secret/data/tenants/acme/secret/data/tenants/globex/twilio");
    }

    [Fact]
    public async Task Labels_and_annotations_of_a_TenantPlugin_reach_none_of_its_children()
    {
        var tenant = await NewTenantAsync();
        var plugin = Manifests.Twilio(tenant.Namespace);
        plugin["metadata"]!["annotations"] = new JsonObject
        {
            ["vault.hashicorp.com/agent-inject"] = "true",
            ["vault.hashicorp.com/agent-inject-template-x"] = $"{{{{ with secret \"secret/data/tenants/{Canary}\" }}}}{{{{ .Data.data | toJSON }}}}{{{{ end }}}}",
            ["vault.hashicorp.com/agent-inject-command-x"] = $"sh -c 'echo {Canary}'",
            ["vault.hashicorp.com/role"] = Canary,
            ["container.apparmor.security.beta.kubernetes.io/plugin"] = "unconfined",
            ["sidecar.istio.io/userVolume"] = $"[{{\"name\":\"{Canary}\",\"hostPath\":{{\"path\":\"/\"}}}}]",
            ["plugins.dotmac.io/applied-hash"] = Canary,
            ["example.com/yaml"] = $"a\n---\nkind: ClusterRoleBinding # {Canary}",
        };
        plugin["metadata"]!["labels"] = new JsonObject
        {
            ["app.kubernetes.io/managed-by"] = Canary,
            ["app.kubernetes.io/instance"] = Canary,
            ["plugins.dotmac.io/tenant"] = Canary,
            ["policy.sigstore.dev/include"] = "false",
        };
        await tenant.ApplyAsync(plugin);
        await tenant.WaitForChildrenAsync();
        var children = await ChildrenAsync(tenant);
        children.Should().HaveCount(Tenant.ChildCollections.Count);
        foreach (var child in children)
        {
            child.ToJsonString().Should().NotContain(Canary).And.NotContain("unconfined").And.NotContain("vault.hashicorp.com").And.NotContain("sigstore");
        }
    }

    [Fact]
    public async Task Texts_in_a_config_stay_texts_in_one_file()
    {
        var tenant = await NewTenantAsync();
        var injection = $"+1{Canary}\"}}}} {{{{ with secret \"x\" }}}}\n---\nkind: Pod\n$(id) `id` ${{IFS}}";
        var plugin = Manifests.Twilio(tenant.Namespace);
        plugin["spec"]!["config"]!["statusCallback"] = injection;
        await tenant.ApplyAsync(plugin);
        await tenant.WaitForConditionAsync("ConfigValid", "False", "ConfigInvalid");

        await InstallFreeDefinitionAsync();
        var free = Free(tenant.Namespace, new JsonObject { ["text"] = injection.Replace("${", "$${", StringComparison.Ordinal), [Canary + "{{"] = 1 });
        await tenant.ApplyAsync(free);
        await tenant.WaitForChildrenAsync("free");
        foreach (var collection in Tenant.ChildCollections.Where(static c => !c.EndsWith("/configmaps", StringComparison.Ordinal)))
        {
            (await tenant.GetAsync(tenant.Path(collection, "free")))!.ToJsonString().Should().NotContain(Canary, collection);
        }

        var data = (await tenant.GetAsync(tenant.Path("api/v1/configmaps", "free")))!["data"]!.AsObject();
        data.Where(static file => file.Value!.GetValue<string>().Contains(Canary, StringComparison.Ordinal)).Select(static file => file.Key).Should().Equal("plugin.json");
        JsonNode.Parse(data["plugin.json"]!.GetValue<string>())!["text"]!.GetValue<string>().Should().StartWith("+1" + Canary);
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("1a")]
    public async Task A_name_that_is_none_of_a_Service_becomes_nothing(string name)
    {
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace, name));
        (await tenant.WaitForConditionAsync("ConfigValid", "False", "SpecInvalid", name)).Should().Contain("/metadata/name");
        (await tenant.GetAsync(tenant.DeploymentPath(name))).Should().BeNull();
    }

    [Theory]
    [InlineData("A")]
    [InlineData("a_b")]
    [InlineData("-a")]
    public async Task A_name_that_Kubernetes_knows_none_like_is_refused_by_the_server(string name)
    {
        var tenant = await NewTenantAsync();
        await RefusedAsync(() => CreateAsync(tenant, Manifests.Twilio(tenant.Namespace, name)), "metadata.name");
    }

    [Fact]
    public async Task A_TenantPlugin_that_is_named_like_the_platforms_own_objects_takes_none_of_them_over()
    {
        var tenant = await NewTenantAsync();
        var before = (await tenant.WaitForObjectAsync(tenant.Path("api/v1/serviceaccounts", "default"), static _ => true, "is there")).ToJsonString();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace, "default"));
        (await tenant.WaitForConditionAsync("Ready", "False", "NameConflict", "default")).Should().Contain("ServiceAccount default");
        (await tenant.GetAsync(tenant.Path("api/v1/serviceaccounts", "default")))!["automountServiceAccountToken"].Should().Be(JsonNode.Parse(before)!["automountServiceAccountToken"]);
    }

    [Fact]
    public async Task Owners_that_are_made_up_give_no_right_to_anything()
    {
        var victim = await NewTenantAsync();
        var theirs = await victim.ApplyAsync(Manifests.Twilio(victim.Namespace));
        await victim.WaitForChildrenAsync();
        var before = (await victim.GetAsync(victim.DeploymentPath()))!;

        // A TenantPlugin that says to belong to the victim's Deployment, and beside it an object that says to be the victim's plugin's.
        var tenant = await NewTenantAsync();
        var plugin = Manifests.Twilio(tenant.Namespace);
        plugin["metadata"]!["ownerReferences"] = new JsonArray(Owner("apps/v1", "Deployment", "twilio", Uid(before)));
        await tenant.ApplyAsync(plugin);
        await fixture.ControlPlane.SendAsync(HttpMethod.Post, $"api/v1/namespaces/{tenant.Namespace}/configmaps", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject
            {
                ["name"] = "forged",
                ["ownerReferences"] = new JsonArray(Owner("plugins.dotmac.io/v1alpha1", "TenantPlugin", "twilio", Uid(theirs))),
            },
        });

        // The garbage collector takes what belongs to nobody of its namespace; the operator must not bring the victim into it.
        await tenant.WaitUntilGoneAsync(tenant.Path("api/v1/configmaps", "forged"));
        var after = (await victim.GetAsync(victim.DeploymentPath()))!;
        Uid(after).Should().Be(Uid(before));
        after["metadata"]!["generation"]!.GetValue<long>().Should().Be(before["metadata"]!["generation"]!.GetValue<long>());
        after["metadata"]!["ownerReferences"]!.AsArray().Select(Uid).Should().Equal(Uid(theirs));
        (await victim.GetAsync(victim.PluginPath())).Should().NotBeNull();
    }

    [Fact]
    public async Task A_config_of_a_mebibyte_is_refused_in_few_words_and_holds_up_nobody()
    {
        await InstallFreeDefinitionAsync();
        var tenant = await NewTenantAsync();
        await CreateAsync(tenant, Free(tenant.Namespace, new JsonObject { ["text"] = new string('x', 1024 * 1024) }));
        var message = await tenant.WaitForConditionAsync("ConfigValid", "False", "ConfigInvalid", "free");
        message.Should().Contain("KiB");
        message.Length.Should().BeLessThan(1000);
        await NobodyIsHeldUpAsync();
    }

    [Fact]
    public async Task Ten_thousand_keys_and_ten_thousand_mistakes_hold_up_nobody()
    {
        await InstallFreeDefinitionAsync();
        var tenant = await NewTenantAsync();
        var many = new JsonObject();
        var wrong = Manifests.Config();
        for (var i = 0; i < 10_000; i++)
        {
            many[string.Create(CultureInfo.InvariantCulture, $"key-{i}")] = i;
            wrong[string.Create(CultureInfo.InvariantCulture, $"key-{i}")] = "${vault:../x}";
        }

        await CreateAsync(tenant, Free(tenant.Namespace, many));
        await CreateAsync(tenant, Manifests.Twilio(tenant.Namespace, config: wrong));
        await tenant.WaitForChildrenAsync("free");
        var message = await tenant.WaitForConditionAsync("ConfigValid", "False", "ConfigInvalid");
        message.Length.Should().BeLessThan(4000, "a status is no place for ten thousand sentences");
        await NobodyIsHeldUpAsync();
    }

    [Fact]
    public async Task A_Secret_of_another_namespace_is_not_to_be_had()
    {
        var victim = await NewTenantAsync();
        await victim.CreateSecretAsync("creds", ("token", Canary));
        var tenant = await NewTenantAsync();
        var config = Manifests.Config();
        config["authToken"] = $"${{secret:{victim.Namespace}/creds}}";
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace, config: config));
        (await tenant.WaitForConditionAsync("SecretsReady", "False", "SecretNotFound")).Should().Contain(victim.Namespace).And.NotContain(Canary);
    }

    [Fact]
    public async Task A_status_that_a_tenant_writes_is_written_over()
    {
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        await tenant.WaitUntilSettledAsync();
        await tenant.PatchAsync(tenant.PluginPath() + "/status", JsonNode.Parse("""
            {"status":{"phase":"Active","version":"9.9.9","tenant":"globex","image":"evil/miner:1","readyReplicas":7,"observedGeneration":99,
             "conditions":[{"type":"Ready","status":"True","reason":"Succeeded","message":"All is well","lastTransitionTime":"2030-01-01T00:00:00Z"}]}}
            """)!.AsObject());
        var mended = await tenant.WaitForObjectAsync(
            tenant.PluginPath(), static p => p["status"]!["phase"]!.GetValue<string>() != "Active" && p["status"]!["tenant"]!.GetValue<string>() == "acme", "tells the truth again");
        var status = mended["status"]!;
        status["version"]!.GetValue<string>().Should().Be("1.0.0");
        status["image"]!.GetValue<string>().Should().Contain("plugin-twilio");
        status["readyReplicas"]!.GetValue<int>().Should().Be(0);
        status["observedGeneration"]!.GetValue<long>().Should().Be(1);
        Tenant.Condition(mended, "Ready")!["status"]!.GetValue<string>().Should().Be("False");
    }

    [Fact]
    public async Task Fields_that_a_pod_would_have_are_not_even_kept()
    {
        var tenant = await NewTenantAsync();
        var plugin = Manifests.Twilio(tenant.Namespace);
        foreach (var (name, value) in JsonNode.Parse("""
            {"image":"evil/miner:1","command":["sh"],"securityContext":{"privileged":true},"hostNetwork":true,"volumes":[{"name":"h","hostPath":{"path":"/"}}],
             "serviceAccountName":"default","nodeName":"node-1","template":{"spec":{"hostPID":true}},"priorityClassName":"system-node-critical"}
            """)!.AsObject())
        {
            plugin["spec"]![name] = value!.DeepClone();
        }

        var created = await CreateAsync(tenant, plugin);
        created["spec"]!.AsObject().Select(static field => field.Key).Should().BeEquivalentTo("plugin", "config");
    }

    [Fact]
    public async Task No_field_of_the_schema_reaches_what_a_pod_may_do()
    {
        var crd = await fixture.ControlPlane.SendAsync(HttpMethod.Get, "apis/apiextensions.k8s.io/v1/customresourcedefinitions/tenantplugins.plugins.dotmac.io");
        var fields = Fields(crd["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!["properties"]!["spec"]!, "spec").ToList();

        // Read by a person: a field more needs a look at what it reaches before it is written down here.
        fields.Select(static f => f.Path).Should().BeEquivalentTo(
            "spec.plugin", "spec.version", "spec.enabled", "spec.replicas", "spec.config", "spec.reload", "spec.rotation", "spec.upgradePolicy",
            "spec.autoscaling", "spec.autoscaling.minReplicas", "spec.autoscaling.maxReplicas", "spec.autoscaling.targetCpuPercent",
            "spec.resources", "spec.resources.requests", "spec.resources.limits",
            "spec.sandbox", "spec.sandbox.enabled", "spec.sandbox.runtimeClassName", "spec.sandbox.egress",
            "spec.sandbox.egress.host", "spec.sandbox.egress.ports", "spec.sandbox.egress.protocol",
            "spec.vault", "spec.vault.role", "spec.vault.authPath", "spec.vault.injection",
            "spec.progressDeadlineSeconds", "spec.callerAuthentication", "spec.callers", "spec.callers.namespace", "spec.callers.serviceAccount",
            "spec.ingress", "spec.ingress.host", "spec.ingress.className", "spec.ingress.tlsSecretName");
        fields.Where(static f => f.IsOpen).Select(static f => f.Path).Should().Equal(["spec.config"], "anything may stand in the config alone, which becomes a file");
    }

    [Theory]
    [InlineData("smarter-devices/fuse")]
    [InlineData("nvidia.com/gpu")]
    [InlineData("hugepages-2Mi")]
    public async Task Devices_of_the_node_cannot_be_asked_for(string resource)
    {
        var tenant = await NewTenantAsync();
        var plugin = Manifests.Twilio(tenant.Namespace);
        plugin["spec"]!["resources"] = new JsonObject { ["limits"] = new JsonObject { [resource] = "1" } };
        await tenant.ApplyAsync(plugin);
        (await tenant.WaitForConditionAsync("ConfigValid", "False", "SpecInvalid")).Should().Contain("/spec/resources/limits");
    }

    private static IEnumerable<(string Path, bool IsOpen)> Fields(JsonNode schema, string path)
    {
        foreach (var (name, field) in schema["properties"]?.AsObject() ?? [])
        {
            var place = $"{path}.{name}";
            yield return (place, field!["x-kubernetes-preserve-unknown-fields"]?.GetValue<bool>() == true || field["x-kubernetes-embedded-resource"] is not null);
            foreach (var inner in Fields(field, place).Concat(field["items"] is { } items ? Fields(items, place) : []))
            {
                yield return inner;
            }
        }
    }

    private static JsonObject Free(string ns, JsonObject config)
    {
        var plugin = Manifests.Twilio(ns, "free", config);
        plugin["spec"]!["plugin"] = "free";
        return plugin;
    }

    private static JsonObject Owner(string apiVersion, string kind, string name, string uid) =>
        new() { ["apiVersion"] = apiVersion, ["kind"] = kind, ["name"] = name, ["uid"] = uid };

    private static string Uid(JsonNode? node) => (node!["metadata"]?["uid"] ?? node["uid"])!.GetValue<string>();

    private static async Task RefusedAsync(Func<Task> attempt, string field) =>
        (await attempt.Should().ThrowAsync<HttpRequestException>()).Which.Message.Should().Contain("422").And.Contain(field);

    private static async Task<JsonObject> TemplateAnnotationsAsync(Tenant tenant) =>
        (await tenant.WaitForObjectAsync(tenant.DeploymentPath(), static _ => true, "is there"))["spec"]!["template"]!["metadata"]!["annotations"]!.AsObject();

    private static async Task<IReadOnlyList<JsonNode>> ChildrenAsync(Tenant tenant)
    {
        var children = new List<JsonNode>();
        foreach (var collection in Collections)
        {
            if (await tenant.GetAsync(tenant.Path(collection)) is { } child)
            {
                children.Add(child);
            }
        }

        return children;
    }

    // A definition that takes any config.
    private Task InstallFreeDefinitionAsync() => fixture.ControlPlane.SendAsync(
        HttpMethod.Patch,
        "apis/plugins.dotmac.io/v1alpha1/plugindefinitions/free?fieldManager=test&force=true",
        JsonNode.Parse("""
            {"apiVersion":"plugins.dotmac.io/v1alpha1","kind":"PluginDefinition","metadata":{"name":"free"},
             "spec":{"category":"custom","versions":[{"version":"1.0.0","image":"ghcr.io/dotmac/plugin-free:1.0.0"}]}}
            """),
        "application/apply-patch+yaml");

    // Created, not applied: what the server itself writes down about ten thousand applied fields is a burden of its own.
    private Task<JsonNode> CreateAsync(Tenant tenant, JsonObject plugin) =>
        fixture.ControlPlane.SendAsync(HttpMethod.Post, $"apis/plugins.dotmac.io/v1alpha1/namespaces/{tenant.Namespace}/tenantplugins", plugin);

    private async Task NobodyIsHeldUpAsync()
    {
        var other = await NewTenantAsync();
        await other.ApplyAsync(Manifests.Twilio(other.Namespace));
        await other.WaitForChildrenAsync();
    }

    private async Task<Tenant> NewTenantAsync() => new(fixture.ControlPlane, await fixture.CreateTenantAsync());
}
