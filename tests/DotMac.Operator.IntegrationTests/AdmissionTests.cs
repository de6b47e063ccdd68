using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.IntegrationTests.Fixture;
using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Operator.IntegrationTests;

/// <summary>What the API server refuses because the operator says so, and what it does without one.</summary>
[Collection(AdmissionCollection.Name)]
public sealed class AdmissionTests(AdmissionFixture fixture)
{
    private const string Definitions = "apis/plugins.dotmac.io/v1alpha1/plugindefinitions";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("""{"replicas":2}""", null)]
    [InlineData("""{"version":"1.0.0"}""", null)]
    [InlineData("""{"version":"9.9.9"}""", "/spec/version: PluginDefinition twilio has no version 9.9.9")]
    [InlineData("""{"sandbox":{"egress":[{"host":"postgres"}]}}""", null)]
    [InlineData("""{"resources":{"requests":{"cpu":"100m"},"limits":{"cpu":"1"}}}""", null)]
    [InlineData("""{"resources":{"requests":{"cpu":"2"},"limits":{"cpu":"1"}}}""", "/spec/resources/requests/cpu")]
    [InlineData("""{"config":{"accountSid":"AC0123456789abcdef0123456789abcdef","authToken":"${env:TOKEN}","phoneNumber":"0800-call-me"}}""", "/spec/config/phoneNumber")]
    [InlineData("""{"config":{"accountSid":"AC0123456789abcdef0123456789abcdef","authToken":"hunter2","phoneNumber":"+15005550006"}}""", "/spec/config/authToken: is a secret")]
    [InlineData("""{"config":{"accountSid":"AC0123456789abcdef0123456789abcdef","authToken":"${vault:../other/key}","phoneNumber":"+15005550006"}}""", "/spec/config/authToken")]
    [InlineData("""{"vault":{"authPath":"../other"}}""", "/spec/vault/authPath")]
    [InlineData("""{"ingress":{"host":"hooks.example.com"}}""", null)]
    public async Task A_TenantPlugin_is_judged_before_it_is_stored(string spec, string? refusal)
    {
        var tenant = await NewTenantAsync();
        var plugin = With(Manifests.Twilio(tenant.Namespace), spec);
        var said = await fixture.RefusalAsync(HttpMethod.Post, Collection(tenant), plugin);
        if (refusal is null)
        {
            said.Should().BeNull();
            (await tenant.GetAsync(tenant.PluginPath()))!["metadata"]!["labels"]!["plugins.dotmac.io/plugin"]!.GetValue<string>().Should().Be("twilio");
        }
        else
        {
            said.Should().Contain("422").And.Contain(refusal).And.NotContain("hunter2");
            (await tenant.GetAsync(tenant.PluginPath())).Should().BeNull();
        }
    }

    [Fact]
    public async Task Every_mistake_is_told_at_once()
    {
        var tenant = await NewTenantAsync();
        var plugin = With(Manifests.Twilio(tenant.Namespace), """{"vault":{"authPath":"../other"},"config":{"phoneNumber":"no"}}""");
        var said = await fixture.RefusalAsync(HttpMethod.Post, Collection(tenant), plugin);
        said.Should().Contain("TenantPlugin twilio is invalid: /spec/vault/authPath").And.Contain("; /spec/config").And.Contain("phoneNumber").And.Contain("accountSid");
    }

    [Fact]
    public async Task A_namespace_that_is_no_tenants_is_not_asked_about()
    {
        var tenant = new Tenant(fixture.ControlPlane, await fixture.ControlPlane.CreateNamespaceAsync("plain"));
        (await fixture.RefusalAsync(HttpMethod.Post, Collection(tenant), With(Manifests.Twilio(tenant.Namespace), """{"version":"9.9.9"}"""))).Should().BeNull();
    }

    [Fact]
    public async Task What_has_no_new_wishes_may_be_changed_whatever_it_is()
    {
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        var path = tenant.PluginPath();
        (await fixture.RefusalAsync(HttpMethod.Patch, path, Json("""{"spec":{"plugin":"other"}}"""), "application/merge-patch+json"))
            .Should().Contain("/spec/plugin: cannot be changed");
        (await fixture.RefusalAsync(HttpMethod.Patch, path, Json("""{"metadata":{"annotations":{"note":"x"},"labels":{"plugins.dotmac.io/plugin":null}}}"""), "application/merge-patch+json"))
            .Should().BeNull();

        // The label comes back; one of somebody's own stays.
        (await tenant.GetAsync(path))!["metadata"]!["labels"]!["plugins.dotmac.io/plugin"]!.GetValue<string>().Should().Be("twilio");
        await tenant.PatchAsync(path, Json("""{"metadata":{"labels":{"plugins.dotmac.io/plugin":"mine"}}}"""));
        (await tenant.GetAsync(path))!["metadata"]!["labels"]!["plugins.dotmac.io/plugin"]!.GetValue<string>().Should().Be("mine");
    }

    [Fact]
    public async Task An_unchanged_manifest_applied_again_changes_nothing()
    {
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        await tenant.WaitUntilSettledAsync();
        var before = await tenant.GetAsync(tenant.PluginPath());
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        (await tenant.GetAsync(tenant.PluginPath()))!["metadata"]!["resourceVersion"]!.GetValue<string>().Should().Be(before!["metadata"]!["resourceVersion"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""[{"version":"1.0.0","image":"ghcr.io/dotmac/x:1.0.0"}]""", null)]
    [InlineData("""[{"version":"1.0.0","image":"no tag at all"}]""", "/spec/versions/0/image")]
    [InlineData("""[{"version":"1.0.0","image":"ghcr.io/dotmac/x:1.0.0","configSchema":{"type":"strange"}}]""", "/spec/versions/0/configSchema")]
    [InlineData("""[{"version":"1.0.0","image":"ghcr.io/dotmac/x:1.0.0","dependencies":[{"plugin":"other","version":"around 3"}]}]""", "/spec/versions/0/dependencies/0/version")]
    public async Task A_PluginDefinition_is_judged_before_it_is_stored(string versions, string? refusal)
    {
        var said = await fixture.RefusalAsync(HttpMethod.Post, $"{Definitions}?dryRun=All", Manifests.Definition("judged", versions));
        if (refusal is null)
        {
            said.Should().BeNull();
        }
        else
        {
            said.Should().Contain("422").And.Contain(refusal);
        }
    }

    [Fact]
    public async Task A_definition_in_use_neither_goes_nor_changes_in_place()
    {
        var name = await NewDefinitionAsync("used");
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Install(tenant, name));
        await KnownAsync(tenant, name);
        (await fixture.RefusalAsync(HttpMethod.Delete, $"{Definitions}/{name}", null)).Should().Contain($"{tenant.Namespace}/{name} is installed from {name}");
        (await fixture.RefusalAsync(HttpMethod.Patch, $"{Definitions}/{name}", Json("""{"spec":{"versions":[{"version":"1.0.0","image":"ghcr.io/dotmac/x:2"}]}}"""), "application/merge-patch+json"))
            .Should().Contain("/spec/versions/0: version 1.0.0 cannot change in place");
        (await fixture.RefusalAsync(HttpMethod.Patch, $"{Definitions}/{name}", Json("""{"spec":{"description":"a better one"}}"""), "application/merge-patch+json"))
            .Should().BeNull();

        await tenant.DeleteAsync(tenant.PluginPath(name));
        await tenant.WaitUntilGoneAsync(tenant.PluginPath(name));
        await Eventually.BeTrueAsync(
            async () => await fixture.RefusalAsync(HttpMethod.Delete, $"{Definitions}/{name}", null) is null, Patience, "a definition that nobody uses can be deleted");
    }

    [Fact]
    public async Task What_others_need_is_deleted_only_by_force()
    {
        var needed = await NewDefinitionAsync("needed");
        var needing = await NewDefinitionAsync("needing", $$"""[{"version":"1.0.0","image":"ghcr.io/dotmac/x:1.0.0","dependencies":[{"plugin":"{{needed}}"}]}]""");
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Install(tenant, needed));
        await tenant.ApplyAsync(Install(tenant, needing));
        await KnownAsync(tenant, needing);
        (await fixture.RefusalAsync(HttpMethod.Delete, tenant.PluginPath(needed), null)).Should().Contain($"{needing} needs it").And.Contain("plugins.dotmac.io/force-delete=true");
        await tenant.PatchAsync(tenant.PluginPath(needed), Json("""{"metadata":{"annotations":{"plugins.dotmac.io/force-delete":"true"}}}"""));
        (await fixture.RefusalAsync(HttpMethod.Delete, tenant.PluginPath(needed), null)).Should().BeNull();
    }

    [Fact]
    public async Task Without_an_operator_everything_goes_through_and_the_next_one_says_the_same()
    {
        var tenant = await NewTenantAsync();
        var plugin = With(Manifests.Twilio(tenant.Namespace), """{"config":{"accountSid":"AC0123456789abcdef0123456789abcdef","authToken":"hunter2","phoneNumber":"+15005550006"}}""");
        var refusal = await fixture.RefusalAsync(HttpMethod.Post, Collection(tenant), plugin);
        await fixture.Operator.SignalAsync("TERM");
        (await fixture.Operator.ExitCodeAsync(Patience)).Should().Be(0);
        (await fixture.RefusalAsync(HttpMethod.Post, Collection(tenant), plugin)).Should().BeNull();
        await fixture.Operator.StartAsync();
        var message = await tenant.WaitForConditionAsync("ConfigValid", "False", "ConfigInvalid");
        refusal.Should().Contain(message);
        await fixture.WaitUntilAskedAsync();
    }

    [Theory]
    [InlineData("max-plugins", "1", "/metadata/name: the tenant may have 1 plugins")]
    [InlineData("max-plugins", "2", null)]
    [InlineData("max-cpu", "900m", "/spec/resources/limits/cpu: the tenant may have 900m cpu")]
    [InlineData("max-cpu", "1", null)]
    [InlineData("max-memory", "511Mi", "/spec/resources/limits/memory: the tenant may have 511Mi memory")]
    [InlineData("max-memory", "lots", "the annotation plugins.dotmac.io/max-memory of namespace")]
    public async Task A_tenants_limits_hold_before_and_after_it_is_stored(string annotation, string limit, string? refusal)
    {
        var tenant = await NewTenantAsync();
        var definition = await NewDefinitionAsync("limited");
        await tenant.ApplyAsync(Sized(tenant, definition, "first"));
        await tenant.WaitForConditionAsync("ConfigValid", "True", "Valid", "first");
        var ns = $"api/v1/namespaces/{tenant.Namespace}";
        await tenant.PatchAsync(ns, Annotation(annotation, limit));

        if (refusal is null)
        {
            await Eventually.BeTrueAsync(() => TryAsync(Sized(tenant, definition, "second")), Patience, "what fits may be stored");
            await tenant.WaitForConditionAsync("ConfigValid", "True", "Valid", "second");
            return;
        }

        (await fixture.RefusedAsync(Collection(tenant), Sized(tenant, definition, "second"))).Should().Contain(refusal).And.Contain("platform administrator");

        // Without the annotation it is stored; with it again the second one waits and the first one goes on. What cannot be read stops nobody who runs.
        await tenant.PatchAsync(ns, Annotation(annotation, null));
        await Eventually.BeTrueAsync(() => TryAsync(Sized(tenant, definition, "second")), Patience, "it is stored");
        await tenant.WaitForConditionAsync("ConfigValid", "True", "Valid", "second");
        await tenant.PatchAsync(ns, Annotation(annotation, limit));
        if (limit == "lots")
        {
            await fixture.RefusedAsync(Collection(tenant), Sized(tenant, definition, "third"));
            await tenant.WaitForConditionAsync("ConfigValid", "True", "Valid", "second");
            return;
        }

        (await tenant.WaitForConditionAsync("ConfigValid", "False", "TenantLimitExceeded", "second")).Should().Contain(refusal);
        await tenant.WaitForConditionAsync("ConfigValid", "True", "Valid", "first");
        await tenant.PatchAsync(ns, Annotation(annotation, null));
        await tenant.WaitForConditionAsync("ConfigValid", "True", "Valid", "second");

        async Task<bool> TryAsync(JsonObject plugin) => await fixture.RefusalAsync(HttpMethod.Post, Collection(tenant), plugin) is null;
        static JsonObject Annotation(string name, string? value) => new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [$"plugins.dotmac.io/{name}"] = value } } };
    }

    [Fact]
    public async Task A_circle_of_definitions_is_refused_and_one_that_got_in_is_named()
    {
        var (one, other) = (await NewDefinitionAsync("one"), $"other-{Random.Shared.Next(100_000).ToString(CultureInfo.InvariantCulture)}");
        var needsOne = Manifests.Definition(other, Needs(one));
        var needsOther = Json($$"""{"spec":{"versions":{{Needs(other)}} } }""");
        await fixture.ControlPlane.SendAsync(HttpMethod.Post, Definitions, needsOne.DeepClone());
        await fixture.WaitForDefinitionAsync(other);
        (await fixture.RefusalAsync(HttpMethod.Patch, $"{Definitions}/{one}", needsOther, "application/merge-patch+json")).Should().Contain($"{one} → {other} → {one}");

        await fixture.Operator.KillAsync();
        await fixture.ControlPlane.SendAsync(HttpMethod.Patch, $"{Definitions}/{one}", needsOther, "application/merge-patch+json");
        await fixture.Operator.StartAsync();
        await fixture.WaitUntilAskedAsync();
        var tenant = await NewTenantAsync();
        await tenant.ApplyAsync(Install(tenant, one));
        await tenant.ApplyAsync(Install(tenant, other));
        (await tenant.WaitForConditionAsync("DependenciesReady", "False", "DependencyCycle", one)).Should().Contain($"{one} → {other} → {one}");

        static string Needs(string plugin) => $$"""[{"version":"1.0.0","image":"ghcr.io/dotmac/x:1.0.0","dependencies":[{"plugin":"{{plugin}}"}]}]""";
    }

    [Fact]
    public async Task A_dry_run_is_judged_and_leaves_nothing()
    {
        var tenant = await NewTenantAsync();
        var plugin = Manifests.Twilio(tenant.Namespace);
        (await fixture.RefusalAsync(HttpMethod.Post, Collection(tenant) + "?dryRun=All", plugin)).Should().BeNull();
        (await fixture.RefusalAsync(HttpMethod.Post, Collection(tenant) + "?dryRun=All", With(plugin, """{"version":"9.9.9"}"""))).Should().Contain("/spec/version");
        (await tenant.GetAsync(tenant.PluginPath())).Should().BeNull();

        // Behind these in the trail is what is no dry run.
        await fixture.RefusalAsync(HttpMethod.Post, Collection(tenant), plugin);
        await Eventually.BeTrueAsync(() => TrailOf(tenant).Count > 0, Patience, "the refusal is recorded");
        TrailOf(tenant).Should().ContainSingle().Which["result"]!.GetValue<string>().Should().Be("Denied");
    }

    [Fact]
    public async Task The_trail_names_who_asked()
    {
        var tenant = await NewTenantAsync();
        using var alice = new KubernetesClient(fixture.ControlPlane.ConfigurationOf("alice", ["system:masters"]));
        var wrong = () => alice.PostRawAsync(Collection(tenant), With(Manifests.Twilio(tenant.Namespace), """{"config":{"accountSid":"hunter2"}}"""));
        (await wrong.Should().ThrowAsync<ApiException>()).Which.Message.Should().Contain("/spec/config");
        await alice.PostRawAsync(Collection(tenant), Manifests.Twilio(tenant.Namespace));
        await SeenAsync("install Accepted");

        // What is changed before the first status counts as part of the installation.
        await KnownAsync(tenant, "twilio");
        await tenant.PatchAsync(tenant.PluginPath(), Json("""{"spec":{"replicas":2}}"""));
        await SeenAsync("configure Accepted");
        await alice.Resource<V1PartialObjectMetadata>(
            new EntityType("plugins.dotmac.io", "v1alpha1", "TenantPlugin", "tenantplugins", EntityScope.Namespaced)).DeleteAsync(new(tenant.Namespace, "twilio"));
        await SeenAsync("remove Succeeded");
        TrailOf(tenant).Where(static l => l["result"]!.GetValue<string>() is "Accepted" or "Denied" || l["operation"]!.GetValue<string>() == "remove")
            .Select(static l => $"{l["operation"]} {l["result"]} {l["actor"]!["name"]} {l["actor"]!["kind"]} {l["source"]}").Should().Equal(
                "install Denied alice User admission", "install Accepted alice User admission", "configure Accepted dotmac-test-admin User admission", "remove Succeeded alice User admission");
        string.Concat(TrailOf(tenant).Select(static l => l.ToJsonString())).Should().NotContain("hunter2");

        Task SeenAsync(string told) => Eventually.BeTrueAsync(
            () => TrailOf(tenant).Any(l => $"{l["operation"]} {l["result"]}" == told), Patience, () => $"the trail tells of {told}: {string.Join('\n', TrailOf(tenant).Select(static l => l.ToJsonString()))}");
    }

    [Fact]
    public async Task A_lost_certificate_is_made_anew_while_requests_go_on()
    {
        var before = await CertificateAsync();
        var tenant = await NewTenantAsync();
        using var stop = new CancellationTokenSource();
        var asked = 0;
        var going = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                (await fixture.RefusalAsync(HttpMethod.Post, Collection(tenant) + "?dryRun=All", Manifests.Twilio(tenant.Namespace))).Should().BeNull();
                Interlocked.Increment(ref asked);
            }
        });
        await fixture.ControlPlane.SendAsync(HttpMethod.Delete, "api/v1/namespaces/dotmac-system/secrets/dotmac-operator-webhook");
        await Eventually.BeTrueAsync(async () => await CertificateAsync() != before, Patience, "another certificate is shown");
        await fixture.WaitUntilAskedAsync();
        await stop.CancelAsync();
        await going;
        asked.Should().BePositive();
        (await fixture.ControlPlane.SendAsync(HttpMethod.Get, "api/v1/namespaces/dotmac-system/secrets/dotmac-operator-webhook"))["type"]!.GetValue<string>().Should().Be("kubernetes.io/tls");
    }

    [Fact]
    public async Task A_mounted_certificate_is_read_anew_and_nothing_is_told_to_the_API_server()
    {
        var directory = Directory.CreateTempSubdirectory("dotmac-webhook-").FullName;
        using var authority = new TestAuthority();
        var port = LoopbackPorts.Free(1)[0];
        var another = fixture.NewOperator("--webhook-port", $"{port}", "--webhook-certificate-directory", directory, "--operator-namespace", "nowhere");
        try
        {
            Write("first.example");
            await another.StartAsync();
            await Eventually.BeTrueAsync(async () => await SubjectAsync(port) is { } s && s.Contains("first.example", StringComparison.Ordinal), Patience, () => another.Log);
            await File.WriteAllTextAsync(Path.Combine(directory, "tls.key"), "half of it");
            Write("second.example");
            await Eventually.BeTrueAsync(async () => await SubjectAsync(port) is { } s && s.Contains("second.example", StringComparison.Ordinal), Patience, () => another.Log);
            another.Log.Should().NotContain("Told the API server");
        }
        finally
        {
            await another.KillAsync();
            Directory.Delete(directory, recursive: true);
        }

        void Write(string name)
        {
            var (certificate, key) = authority.Server(name);
            File.WriteAllText(Path.Combine(directory, "tls.crt"), certificate);
            File.WriteAllText(Path.Combine(directory, "tls.key"), key);
        }
    }

    [Fact]
    public async Task Whatever_is_posted_is_no_error_of_ours()
    {
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null } }) { BaseAddress = fixture.Webhook };
        foreach (var path in new[] { "validate", "default" })
        {
            (await PostAsync(string.Empty)).Should().Be(HttpStatusCode.BadRequest);
            (await PostAsync("null")).Should().Be(HttpStatusCode.BadRequest);
            (await PostAsync("[]")).Should().Be(HttpStatusCode.BadRequest);
            (await PostAsync(new string('[', 200_000))).Should().Be(HttpStatusCode.BadRequest);
            (await PostAsync("{\"request\":{\"object\":" + string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 502))).Should().Be(HttpStatusCode.BadRequest);
            (await PostAsync("{\"request\":{\"uid\":\"" + new string('x', 9 * 1024 * 1024) + "\"}}")).Should().Be(HttpStatusCode.RequestEntityTooLarge);
            (await PostAsync("""{"request":{"uid":"1","kind":{"kind":"TenantPlugin"},"operation":"CREATE","object":{"spec":null,"metadata":null}}}""")).Should().Be(HttpStatusCode.OK);

            async Task<HttpStatusCode> PostAsync(string body)
            {
                using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

                // Who asks first whether so much is wanted is told, and does not write into a closed connection.
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Headers = { ExpectContinue = true } };
                using var response = await http.SendAsync(request);
                return response.StatusCode;
            }
        }
    }

    [Theory]
    [InlineData("view", "get", "tenantplugins", null, true)]
    [InlineData("view", "list", "tenantplugins", null, true)]
    [InlineData("view", "create", "tenantplugins", null, false)]
    [InlineData("edit", "create", "tenantplugins", null, true)]
    [InlineData("edit", "patch", "tenantplugins", null, true)]
    [InlineData("edit", "patch", "tenantplugins", "status", false)]
    [InlineData("edit", "update", "plugindefinitions", null, false)]
    [InlineData("admin", "delete", "tenantplugins", null, true)]
    [InlineData("admin", "update", "tenantplugins", "status", false)]
    [InlineData("admin", "create", "plugindefinitions", null, false)]
    [InlineData("dotmac-platform-admin", "create", "plugindefinitions", null, true)]
    [InlineData("dotmac-platform-admin", "update", "plugindefinitions", "status", false)]
    [InlineData("dotmac-platform-admin", "create", "tenantplugins", null, false)]
    [InlineData("dotmac-catalog-view", "list", "plugindefinitions", null, true)]
    [InlineData("dotmac-catalog-view", "list", "tenantplugins", null, false)]
    public async Task Roles_give_what_they_are_for(string role, string verb, string resource, string? subresource, bool allowed)
    {
        // Bound in the whole cluster: then a right over definitions would show too.
        var binding = new JsonObject
        {
            ["apiVersion"] = "rbac.authorization.k8s.io/v1",
            ["kind"] = "ClusterRoleBinding",
            ["metadata"] = new JsonObject { ["name"] = $"test-{role}" },
            ["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "ClusterRole", ["name"] = role },
            ["subjects"] = new JsonArray(new JsonObject { ["kind"] = "User", ["name"] = $"user-{role}", ["apiGroup"] = "rbac.authorization.k8s.io" }),
        };
        await fixture.ControlPlane.SendAsync(HttpMethod.Patch, Manifests.PathOf(binding) + "?fieldManager=test&force=true", binding, "application/apply-patch+yaml");
        await Eventually.BeTrueAsync(() => MayAsync("get", role == "dotmac-catalog-view" ? "plugindefinitions" : "tenantplugins", null), Patience, "the role is put together and bound");
        (await MayAsync(verb, resource, subresource)).Should().Be(allowed);

        async Task<bool> MayAsync(string may, string of, string? part)
        {
            var review = await fixture.ControlPlane.SendAsync(HttpMethod.Post, "apis/authorization.k8s.io/v1/subjectaccessreviews", new JsonObject
            {
                ["apiVersion"] = "authorization.k8s.io/v1",
                ["kind"] = "SubjectAccessReview",
                ["spec"] = new JsonObject
                {
                    ["user"] = $"user-{role}",
                    ["resourceAttributes"] = new JsonObject { ["group"] = "plugins.dotmac.io", ["resource"] = of, ["subresource"] = part, ["verb"] = may, ["namespace"] = of == "tenantplugins" ? "default" : null },
                },
            });
            return review["status"]!["allowed"]!.GetValue<bool>();
        }
    }

    private static JsonObject With(JsonObject plugin, string spec)
    {
        foreach (var (name, value) in JsonNode.Parse(spec)!.AsObject())
        {
            plugin["spec"]![name] = value?.DeepClone();
        }

        return plugin;
    }

    private static JsonObject Install(Tenant tenant, string definition)
    {
        var plugin = Manifests.Twilio(tenant.Namespace, definition, []);
        plugin["spec"]!["plugin"] = definition;
        return plugin;
    }

    private static JsonObject Sized(Tenant tenant, string definition, string name)
    {
        var plugin = With(Install(tenant, definition), """{"resources":{"limits":{"cpu":"500m","memory":"256Mi"}}}""");
        plugin["metadata"]!["name"] = name;
        return plugin;
    }

    private List<JsonNode> TrailOf(Tenant tenant) =>
    [
        .. File.ReadAllText(fixture.AuditFile).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line.EndsWith('}')).Select(static line => JsonNode.Parse(line)!)
            .Where(line => line["subject"]?["namespace"]?.GetValue<string>() == tenant.Namespace),
    ];

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static string Collection(Tenant tenant) => $"apis/plugins.dotmac.io/v1alpha1/namespaces/{tenant.Namespace}/tenantplugins";

    private static async Task<string?> SubjectAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            await using var tls = new SslStream(client.GetStream(), false, static (_, certificate, _, _) => certificate is not null);
            await tls.AuthenticateAsClientAsync("localhost");
            return tls.RemoteCertificate is X509Certificate2 shown
                ? $"{shown.Subject} {shown.SerialNumber} {string.Join(' ', shown.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(static e => e.EnumerateDnsNames()))}"
                : null;
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException)
        {
            return null;
        }
    }

    private async Task<string> CertificateAsync() => await SubjectAsync(fixture.Webhook.Port) ?? "none";

    private async Task<Tenant> NewTenantAsync() => new(fixture.ControlPlane, await fixture.CreateTenantAsync());

    private async Task<string> NewDefinitionAsync(string prefix, string versions = AdmissionFixture.OneVersion)
    {
        var name = $"{prefix}-{Random.Shared.Next(100_000).ToString(CultureInfo.InvariantCulture)}";
        await fixture.ControlPlane.SendAsync(HttpMethod.Post, Definitions, Manifests.Definition(name, versions));
        return name;
    }

    // What the operator has written a status for, it knows.
    private static Task KnownAsync(Tenant tenant, string name) =>
        tenant.WaitForObjectAsync(tenant.PluginPath(name), static p => p["status"]?["version"] is not null, "is known");
}
