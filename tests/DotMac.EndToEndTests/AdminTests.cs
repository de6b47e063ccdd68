using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.EndToEndTests.Fixture;

namespace DotMac.EndToEndTests;

/// <summary>The life of a plugin through HTTP alone, on a real cluster: what else is needed, the platform has done before.</summary>
[Collection(DemoCollection.Name)]
public sealed class AdminTests
{
    private const string Namespace = "tenant-web";
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(5) };

    [Fact]
    public async Task A_plugin_lives_from_installation_to_removal_through_HTTP_alone()
    {
        await PrepareAsync();
        var installed = await SendAsync(HttpMethod.Post, "install?wait=180", """
            {
              "plugin_id": "twilio",
              "tenant_id": "web",
              "config_data": {
                "account_sid": "${secret:twilio-credentials/account_sid}",
                "auth_token": "${secret:twilio-credentials/auth_token}",
                "phone_number": "+15005550006",
                "base_url": "http://twilio-stand-in.dotmac-demo.svc.cluster.local"
              },
              "security": { "sandbox_enabled": false, "resource_limits": { "memory_mb": 256, "cpu_percent": 50 } }
            }
            """);
        State(installed).Should().Be("active", installed.ToJsonString());
        var status = await SendAsync(HttpMethod.Get, "twilio/status");
        status["health"]!["state"]!.GetValue<string>().Should().Be("healthy", status.ToJsonString());
        status["ready"]!.GetValue<string>().Should().Be("1/1");

        var check = await SendAsync(HttpMethod.Post, "twilio/test");
        check["passed"]!.GetValue<bool>().Should().BeTrue(check.ToJsonString());
        (await TextAsync("twilio/logs?tail_lines=50")).Should().NotBeEmpty();
        await FollowOverARestartAsync();
        (await SendAsync(HttpMethod.Get, "twilio/events"))["events"]!.AsArray().Select(static e => e!["reason"]!.GetValue<string>()).Should().Contain("Activated");

        State(await SendAsync(HttpMethod.Post, "twilio/deactivate?wait=120")).Should().Be("inactive");
        State(await SendAsync(HttpMethod.Post, "twilio/activate?wait=180")).Should().Be("active");

        var config = (await SendAsync(HttpMethod.Get, "twilio"))["config_data"]!.DeepClone();
        config["phone_number"] = "+15005550007";
        var configured = await SendAsync(HttpMethod.Put, "twilio/config?wait=180", new JsonObject { ["config_data"] = config }.ToJsonString());
        State(configured).Should().Be("active", configured.ToJsonString());
        configured["plugin"]!["config_data"]!["phone_number"]!.GetValue<string>().Should().Be("+15005550007");
        var revisions = (await SendAsync(HttpMethod.Get, "twilio/revisions"))["revisions"]!.AsArray();
        revisions.Should().HaveCountGreaterThanOrEqualTo(2);
        var back = await SendAsync(HttpMethod.Post, "twilio/rollback?wait=180");
        back["plugin"]!["config_data"]!["phone_number"]!.GetValue<string>().Should().Be("+15005550006");
        State(back).Should().Be("active", back.ToJsonString());

        (await SendAsync(HttpMethod.Delete, "twilio?wait=120"))["result"]!.GetValue<string>().Should().Be("removed");
        (await DemoFixture.GetAsync(Namespace, "tenantplugin", "twilio")).Should().BeNull();
        await DemoFixture.KubectlAsync("delete", "namespace", Namespace, "--wait=false");
    }

    // Who follows the logs sees those of the pods that come after the ones that go.
    private static async Task FollowOverARestartAsync()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var logs = new StreamReader(await Http.GetStreamAsync(new Uri("twilio/logs?follow=true&tail_lines=1", UriKind.Relative), stop.Token));
        (await SendAsync(HttpMethod.Post, "twilio/restart"))["result"]!.GetValue<string>().Should().Be("restarted");
        var pods = new HashSet<string>();
        while (pods.Count < 2 && await logs.ReadLineAsync(stop.Token) is { } line)
        {
            line.Should().StartWith("[");
            pods.Add(line[1..line.IndexOf(']', StringComparison.Ordinal)]);
        }

        pods.Should().HaveCount(2);
        await DotMac.Testing.Eventually.BeTrueAsync(
            async () => (await SendAsync(HttpMethod.Get, "twilio/status")) is var status && status["state"]!.GetValue<string>() == "active" && status["ready"]!.GetValue<string>() == "1/1",
            TimeSpan.FromSeconds(120),
            "it runs again");
    }

    private static string State(JsonNode answer) => answer["plugin"]!["status"]!["state"]!.GetValue<string>();

    private static async Task PrepareAsync()
    {
        await DemoFixture.ApplyAsync(Object("v1", "Namespace", null, Namespace, new JsonObject { ["plugins.dotmac.io/tenant"] = "web" }));
        await DemoFixture.ApplyAsync(Object("v1", "ServiceAccount", Namespace, "isp-admin"));
        var binding = Object("rbac.authorization.k8s.io/v1", "RoleBinding", Namespace, "isp-admin");
        binding["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "ClusterRole", ["name"] = "edit" };
        binding["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = "isp-admin", ["namespace"] = Namespace });
        await DemoFixture.ApplyAsync(binding);
        var secret = Object("v1", "Secret", Namespace, "twilio-credentials");
        secret["stringData"] = new JsonObject { ["account_sid"] = "ACdeadbeefdeadbeefdeadbeefdeadbeef", ["auth_token"] = "demo-token-of-the-stand-in" };
        await DemoFixture.ApplyAsync(secret);
        var review = await Command.OutputAsync(
            "kubectl",
            ["create", "--raw", $"/api/v1/namespaces/{Namespace}/serviceaccounts/isp-admin/token", "-f", "-"],
            """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":3600}}""");
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonNode.Parse(review)!["status"]!["token"]!.GetValue<string>());
        var address = (await DemoFixture.KubectlAsync("-n", "dotmac-system", "get", "service", "dotmac-admin", "-o", "jsonpath={.spec.clusterIP}")).Trim();
        Http.BaseAddress = new Uri($"http://{address}:8000/api/admin/plugins/");

        // Rights and tenants are known a moment after they are made.
        await DotMac.Testing.Eventually.BeTrueAsync(
            async () =>
            {
                using var response = await Http.GetAsync(new Uri("?tenant_id=web", UriKind.Relative));
                return response.StatusCode == HttpStatusCode.OK;
            },
            TimeSpan.FromSeconds(60),
            "the service knows the tenant and its administrator");
    }

    private static JsonObject Object(string version, string kind, string? ns, string name, JsonObject? labels = null)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (ns is not null)
        {
            metadata["namespace"] = ns;
        }

        if (labels is not null)
        {
            metadata["labels"] = labels;
        }

        return new JsonObject { ["apiVersion"] = version, ["kind"] = kind, ["metadata"] = metadata };
    }

    private static async Task<JsonNode> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.Should().BeTrue($"{method} {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    private static async Task<string> TextAsync(string path) => await Http.GetStringAsync(new Uri(path, UriKind.Relative));
}
