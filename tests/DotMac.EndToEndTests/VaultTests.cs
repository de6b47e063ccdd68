using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DotMac.EndToEndTests.Fixture;
using DotMac.Testing;

namespace DotMac.EndToEndTests;

/// <summary>Credentials from Vault, through the agent that the operator adds itself.</summary>
[Collection(DemoCollection.Name)]
public sealed class VaultTests : IAsyncLifetime
{
    private static readonly JsonObject Message = new() { ["to"] = "+15558675310", ["body"] = "Hello" };
    private VaultServer _vault = null!;

    public async Task InitializeAsync() => _vault = await VaultServer.RunningAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_changed_secret_is_used_within_30_seconds_and_no_call_fails_meanwhile()
    {
        var tenant = await ActiveAsync(Secret("+15005550006"));
        using var stop = new CancellationTokenSource();
        var (calls, failures) = (0, new List<string>());
        var load = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var (code, answer) = await tenant.CallAsync("send_sms", (JsonObject)Message.DeepClone());
                calls++;
                if (code != 200)
                {
                    failures.Add($"{code}: {answer?.ToJsonString()}");
                }
            }
        });

        await _vault.WriteAsync(tenant.Tenant, "twilio", Secret("+15005550005"));
        await Eventually.BeTrueAsync(
            async () => await SenderAsync(tenant) == "+15005550005", TimeSpan.FromSeconds(30), "messages come from the new number");
        await stop.CancelAsync();
        await load;

        calls.Should().BeGreaterThan(3, "calls went on");
        failures.Should().BeEmpty();
        (await tenant.PodsAsync()).Should().ContainSingle().Which["status"]!["containerStatuses"]!.AsArray()
            .Should().OnlyContain(static c => c!["restartCount"]!.GetValue<int>() == 0);
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task With_rotation_by_restart_a_changed_secret_rolls_the_pod_once()
    {
        var tenant = await TwilioTenant.WithVaultAsync(_vault, Secret("+15005550006"));
        await tenant.ChangeAsync(static spec => spec["rotation"] = "Restart");
        await tenant.WaitForAsync("is active", static s => PluginTenant.Text(s, "phase") == "Active", TimeSpan.FromSeconds(180));
        await Eventually.BeTrueAsync(async () => (await tenant.PodsAsync()).Count == 1, TimeSpan.FromSeconds(60), "one pod is left");
        var before = (await tenant.PodsAsync())[0];
        var revision = await RevisionAsync(tenant);
        before["spec"]!["containers"]!.AsArray().Should().ContainSingle("no agent stays beside a plugin whose pods are rolled");

        await _vault.WriteAsync(tenant.Tenant, "twilio", Secret("+15005550005"));
        await Eventually.BeTrueAsync(
            async () => await tenant.PodsAsync() is [var only] && Uid(only) != Uid(before), TimeSpan.FromSeconds(150), "there is one pod, another one");
        (await SenderAsync(tenant)).Should().Be("+15005550005");
        (await RevisionAsync(tenant)).Should().Be(revision + 1, "it was rolled once");
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task A_tenants_plugin_may_read_its_own_secret_and_no_others_and_the_operator_none()
    {
        var one = await ActiveAsync(Secret("+15005550006"));
        await _vault.WriteAsync("somebody", "twilio", Secret("+15005550006"));

        var token = await LoginAsync("twilio", $"dotmac-{one.Tenant}-twilio", one);
        (await ReadAsync($"tenants/{one.Tenant}/twilio", token)).Should().Be(HttpStatusCode.OK);
        (await ReadAsync("tenants/somebody/twilio", token)).Should().Be(HttpStatusCode.Forbidden);
        (await ReadAsync($"tenants/{one.Tenant}/other", token)).Should().Be(HttpStatusCode.Forbidden);

        // Another service account of the same namespace is nobody to the role.
        var (refused, _) = await TryLoginAsync("default", $"dotmac-{one.Tenant}-twilio", one);
        refused.Should().Be(HttpStatusCode.Forbidden);

        var operatorToken = await OperatorLoginAsync();
        (await ReadAsync($"tenants/{one.Tenant}/twilio", operatorToken)).Should().Be(HttpStatusCode.Forbidden);
        (await _vault.SendAsync(HttpMethod.Get, $"secret/metadata/tenants/{one.Tenant}/twilio", token: operatorToken)).Status.Should().Be(HttpStatusCode.OK);
        await one.DeleteAsync();
    }

    [Fact]
    public async Task While_Vault_is_sealed_the_plugin_serves_and_the_status_says_why_and_it_recovers_without_a_restart()
    {
        var tenant = await ActiveAsync(Secret("+15005550006"));
        var pod = (await tenant.PodsAsync()).Should().ContainSingle().Subject["metadata"]!["uid"]!.GetValue<string>();

        await _vault.SendAsync(HttpMethod.Put, "sys/seal");
        try
        {
            await tenant.WaitForAsync("says that Vault is sealed", static s => Condition(s, "SecretsReady") == "Unknown/VaultSealed", TimeSpan.FromSeconds(120));
            (await tenant.CallAsync("send_sms", (JsonObject)Message.DeepClone())).Status.Should().Be(200);
        }
        finally
        {
            await _vault.SendAsync(HttpMethod.Put, "sys/unseal", new JsonObject { ["key"] = "demo-unseal" }, token: null);
        }

        await tenant.WaitForAsync("has found its secrets again", static s => Condition(s, "SecretsReady") == "True/SecretsFound", TimeSpan.FromSeconds(150));
        (await tenant.PodsAsync()).Should().ContainSingle().Which["metadata"]!["uid"]!.GetValue<string>().Should().Be(pod);
        var events = JsonNode.Parse(await DemoFixture.KubectlAsync("-n", tenant.Namespace, "get", "events", "-o", "json"))!["items"]!.AsArray();
        events.Where(static e => e!["reason"]!.GetValue<string>() == "VaultSealed").Should().ContainSingle("one Event, not a hundred")
            .Which!["count"]?.GetValue<int>().Should().BeLessThanOrEqualTo(1);
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task What_is_missing_in_Vault_is_named_and_found_once_it_is_there()
    {
        var tenant = await TwilioTenant.WithVaultAsync(_vault, new JsonObject { ["account_sid"] = TwilioTenant.AccountSid, ["number"] = "+15005550006" });
        var status = await tenant.WaitForAsync("names the key", static s => Condition(s, "SecretsReady") == "False/SecretNotFound");
        PluginTenant.ConditionMessage(status, "SecretsReady").Should().Contain("/spec/config/authToken").And.Contain("key auth_token").And.Contain($"tenants/{tenant.Tenant}/twilio");
        (await tenant.PodsAsync()).Should().BeEmpty("what cannot work is not begun");

        await _vault.WriteAsync(tenant.Tenant, "twilio", Secret("+15005550006"));
        await tenant.WaitForAsync("is active", static s => PluginTenant.Text(s, "phase") == "Active", TimeSpan.FromSeconds(150));
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task Nothing_is_left_in_Vault_of_a_plugin_that_is_gone()
    {
        var tenant = await ActiveAsync(Secret("+15005550006"));
        (await AccessAsync(tenant)).Should().Be((HttpStatusCode.OK, HttpStatusCode.OK));
        await DemoFixture.KubectlAsync("-n", tenant.Namespace, "delete", "tenantplugin", "twilio", "--timeout=60s");
        (await AccessAsync(tenant)).Should().Be((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task No_secret_value_is_to_be_found_anywhere_but_in_Vault()
    {
        var canary = RandomNumberGenerator.GetHexString(24, lowercase: true);
        var number = "+1555" + RandomNumberGenerator.GetString("0123456789", 7);
        var secret = Secret(number);
        secret["canary"] = canary;
        var tenant = await ActiveAsync(secret);
        (await SenderAsync(tenant)).Should().Be(number, "the value did come through");

        // And once as a value that is wrong, for errors are where secrets get out.
        secret["auth_token"] = canary;
        await _vault.WriteAsync(tenant.Tenant, "twilio", (JsonObject)secret.DeepClone());
        await tenant.WaitForAsync("says that its credentials are wrong", static s => Condition(s, "Healthy")?.StartsWith("False", StringComparison.Ordinal) == true, TimeSpan.FromSeconds(120));

        foreach (var (place, text) in await EverythingAsync(tenant))
        {
            text.Should().NotContain(canary, place);
            text.Should().NotContain(number, place);
        }

        // The local cluster has its data beside its kubeconfig; of another one only what the API shows can be searched.
        var state = Path.GetDirectoryName(Environment.GetEnvironmentVariable("KUBECONFIG"))!;
        foreach (var directory in new[] { "etcd", "logs" }.Select(d => Path.Combine(state, d)).Where(Directory.Exists))
        {
            foreach (var value in new[] { canary, number })
            {
                var grep = await Command.RunAsync("grep", ["-rlaF", "--", value, directory]);
                grep.ExitCode.Should().Be(1, $"no file of {directory} holds it, but {grep.Output} {grep.Error}");
            }
        }

        await tenant.DeleteAsync();
    }

    private static JsonObject Secret(string number) =>
        new() { ["account_sid"] = TwilioTenant.AccountSid, ["auth_token"] = TwilioTenant.AuthToken, ["number"] = number };

    private static async Task<int> RevisionAsync(PluginTenant tenant)
    {
        var deployment = await DemoFixture.GetAsync(tenant.Namespace, "deployment", "twilio");
        return int.Parse(deployment!["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"]!.GetValue<string>(), CultureInfo.InvariantCulture);
    }

    private static string Uid(JsonNode pod) => pod["metadata"]!["uid"]!.GetValue<string>();

    private static string? Condition(JsonNode status, string type) =>
        status["conditions"]?.AsArray().FirstOrDefault(c => PluginTenant.Text(c, "type") == type) is { } condition
            ? $"{PluginTenant.Text(condition, "status")}/{PluginTenant.Text(condition, "reason")}"
            : null;

    private static async Task<string?> SenderAsync(PluginTenant tenant)
    {
        var (status, sent) = await tenant.CallAsync("send_sms", (JsonObject)Message.DeepClone());
        status.Should().Be(200, sent?.ToJsonString());
        var (_, found) = await tenant.CallAsync("get_message", new JsonObject { ["sid"] = sent!["sid"]!.DeepClone() });
        return PluginTenant.Text(found, "from");
    }

    private static async Task<IReadOnlyList<(string Place, string Text)>> EverythingAsync(PluginTenant tenant)
    {
        var found = new List<(string, string)>
        {
            ("all objects", await DemoFixture.KubectlAsync("-n", tenant.Namespace, "get", "all,configmaps,secrets,events,serviceaccounts,networkpolicies,tenantplugins", "-o", "yaml")),
            ("events", await DemoFixture.KubectlAsync("get", "events", "-A", "-o", "yaml")),
        };
        foreach (var ns in new[] { tenant.Namespace, "dotmac-system", "dotmac-demo", "vault" })
        {
            foreach (var pod in JsonNode.Parse(await DemoFixture.KubectlAsync("-n", ns, "get", "pods", "-o", "json"))!["items"]!.AsArray())
            {
                // Of a pod that is just going there may be no log any more.
                var name = pod!["metadata"]!["name"]!.GetValue<string>();
                found.Add(($"logs of {ns}/{name}", (await Command.RunAsync("kubectl", ["-n", ns, "logs", name, "--all-containers"])).Output));
            }
        }

        foreach (var (ns, port, selector) in new[] { (tenant.Namespace, 8080, "app.kubernetes.io/instance=twilio"), ("dotmac-system", 8081, "app.kubernetes.io/name=dotmac-operator") })
        {
            var pods = JsonNode.Parse(await DemoFixture.KubectlAsync("-n", ns, "get", "pods", "-l", selector, "-o", "json"))!["items"]!.AsArray();
            foreach (var pod in pods)
            {
                var name = pod!["metadata"]!["name"]!.GetValue<string>();
                found.Add(($"metrics of {name}", await DemoFixture.KubectlAsync("get", "--raw", $"/api/v1/namespaces/{ns}/pods/{name}:{port}/proxy/metrics")));
            }
        }

        return found;
    }

    private async Task<PluginTenant> ActiveAsync(JsonObject secret)
    {
        var tenant = await TwilioTenant.WithVaultAsync(_vault, secret);
        await tenant.WaitForAsync(
            "is active and healthy",
            static s => PluginTenant.Text(s, "phase") == "Active" && PluginTenant.Text(s["health"], "state") == "Healthy",
            TimeSpan.FromSeconds(180));
        return tenant;
    }

    private async Task<(HttpStatusCode Policy, HttpStatusCode Role)> AccessAsync(PluginTenant tenant)
    {
        var name = $"dotmac-{tenant.Tenant}-twilio";
        return (
            (await _vault.SendAsync(HttpMethod.Get, $"sys/policies/acl/{name}")).Status,
            (await _vault.SendAsync(HttpMethod.Get, $"auth/kubernetes/role/{name}")).Status);
    }

    private async Task<HttpStatusCode> ReadAsync(string path, string token) => (await _vault.SendAsync(HttpMethod.Get, $"secret/data/{path}", token: token)).Status;

    private async Task<string> LoginAsync(string serviceAccount, string role, PluginTenant tenant)
    {
        var (status, body) = await TryLoginAsync(serviceAccount, role, tenant);
        status.Should().Be(HttpStatusCode.OK);
        return body!["auth"]!["client_token"]!.GetValue<string>();
    }

    private async Task<(HttpStatusCode Status, JsonNode? Body)> TryLoginAsync(string serviceAccount, string role, PluginTenant tenant) => await _vault.SendAsync(
        HttpMethod.Post,
        "auth/kubernetes/login",
        new JsonObject { ["role"] = role, ["jwt"] = await tenant.TokenOfAsync(serviceAccount, "vault") },
        token: null);

    private async Task<string> OperatorLoginAsync()
    {
        var answer = await Command.OutputAsync(
            "kubectl",
            ["create", "--raw", "/api/v1/namespaces/dotmac-system/serviceaccounts/dotmac-operator/token", "-f", "-"],
            """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"audiences":["vault"]}}""");
        var jwt = JsonNode.Parse(answer)!["status"]!["token"]!.GetValue<string>();
        var (_, body) = await _vault.SendAsync(HttpMethod.Post, "auth/kubernetes/login", new JsonObject { ["role"] = "dotmac-operator", ["jwt"] = jwt }, token: null);
        return body!["auth"]!["client_token"]!.GetValue<string>();
    }
}
