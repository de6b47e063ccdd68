using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.Testing;

namespace DotMac.EndToEndTests.Fixture;

/// <summary>A tenant with a plugin.</summary>
internal sealed class PluginTenant
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private PluginTenant(string tenant, string name)
    {
        Tenant = tenant;
        Name = name;
    }

    public string Tenant { get; }

    /// <summary>The plugin's name, and the TenantPlugin's.</summary>
    public string Name { get; }

    public string Namespace => $"tenant-{Tenant}";

    public JsonObject Plugin { get; private set; } = null!;

    /// <summary>A token of a service account of this tenant.</summary>
    public async Task<string> TokenOfAsync(string serviceAccount, string audience)
    {
        var answer = await Command.OutputAsync(
            "kubectl",
            ["create", "--raw", $"/api/v1/namespaces/{Namespace}/serviceaccounts/{serviceAccount}/token", "-f", "-"],
            $$$"""{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"audiences":["{{{audience}}}"]}}""");
        return JsonNode.Parse(answer)!["status"]!["token"]!.GetValue<string>();
    }

    public static string? Text(JsonNode? node, string name) => node?[name]?.GetValue<string>();

    public static string? ConditionMessage(JsonNode status, string type) =>
        Text(status["conditions"]?.AsArray().FirstOrDefault(c => Text(c, "type") == type), "message");

    /// <summary>Changes the spec.</summary>
    public Task ChangeAsync(Action<JsonObject> change)
    {
        change(Plugin["spec"]!.AsObject());
        return DemoFixture.ApplyAsync(Plugin);
    }

    /// <summary>Waits until the status of the newest spec fits; gives it back.</summary>
    public async Task<JsonNode> WaitForAsync(string description, Func<JsonNode, bool> fits, TimeSpan? timeout = null)
    {
        JsonNode? seen = null;
        await Eventually.BeTrueAsync(
            async () =>
            {
                seen = await DemoFixture.GetAsync(Namespace, "tenantplugin", Name);
                return seen?["status"]?["observedGeneration"]?.GetValue<long>() == seen?["metadata"]?["generation"]?.GetValue<long>() && fits(seen!["status"]!);
            },
            timeout ?? TimeSpan.FromSeconds(120),
            () => $"the plugin of {Namespace} {description}; its status is {seen?["status"]?.ToJsonString()}");
        return seen!["status"]!;
    }

    /// <summary>Waits until the plugin itself says that it is broken, and by what; trouble on a pod's way up, which looks the same from afar, may pass before. Gives the status back.</summary>
    public Task<JsonNode> WaitForComplaintAsync(string about) => WaitForAsync(
        $"is unhealthy and says that it is for its {about}",
        status => Text(status["health"], "state") == "Unhealthy" && ConditionMessage(status, "Healthy")?.Contains(about, StringComparison.Ordinal) == true,
        TimeSpan.FromSeconds(180));

    /// <summary>The pods that are not going away.</summary>
    public async Task<IReadOnlyList<JsonNode>> PodsAsync()
    {
        var list = JsonNode.Parse(await DemoFixture.KubectlAsync("-n", Namespace, "get", "pods", "-o", "json"))!;
        return [.. list["items"]!.AsArray().Where(static p => p!["metadata"]!["deletionTimestamp"] is null)!];
    }

    /// <summary>Calls an operation through the plugin's Service, with a token for the plugins' audience.</summary>
    public async Task<(int Status, JsonNode? Body)> CallAsync(string operation, JsonObject body, string? tenant = null, string audience = "plugins.dotmac.io")
    {
        var address = (await DemoFixture.KubectlAsync("-n", Namespace, "get", "service", Name, "-o", "jsonpath={.spec.clusterIP}")).Trim();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{address}:8080/v1/operations/{operation}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(audience));
        request.Headers.Add("X-DotMac-Tenant", tenant ?? Tenant);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async Task DeleteAsync() => await DemoFixture.KubectlAsync("delete", "namespace", Namespace, "--wait=false");

    /// <summary>A new tenant; nothing is installed yet.</summary>
    public static async Task<PluginTenant> NewAsync(string name)
    {
        var tenant = new PluginTenant($"e2e-{RandomNumberGenerator.GetHexString(6, lowercase: true)}", name);
        await DemoFixture.ApplyAsync(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new JsonObject { ["name"] = tenant.Namespace, ["labels"] = new JsonObject { ["plugins.dotmac.io/tenant"] = tenant.Tenant } },
        });
        return tenant;
    }

    /// <summary>Writes the plugin's credentials, which its config refers to as <c>${secret:&lt;name&gt;-credentials/&lt;key&gt;}</c>.</summary>
    public Task WriteCredentialsAsync(JsonObject values) => DemoFixture.ApplyAsync(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = $"{Name}-credentials", ["namespace"] = Namespace },
        ["stringData"] = values,
    });

    /// <summary>Installs the plugin.</summary>
    public async Task<PluginTenant> InstallAsync(JsonObject spec)
    {
        Plugin = new JsonObject
        {
            ["apiVersion"] = "plugins.dotmac.io/v1alpha1",
            ["kind"] = "TenantPlugin",
            ["metadata"] = new JsonObject { ["name"] = Name, ["namespace"] = Namespace },
            ["spec"] = spec,
        };
        await DemoFixture.ApplyAsync(Plugin);
        return this;
    }

    private Task<string> TokenAsync(string audience) => TokenOfAsync("default", audience);
}
