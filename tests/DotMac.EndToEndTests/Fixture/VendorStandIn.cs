using System.Text.Json.Nodes;
using DotMac.Testing;

namespace DotMac.EndToEndTests.Fixture;

/// <summary>The stand-in of the vendors, and the images of the plugins that go with it.</summary>
internal sealed class VendorStandIn
{
    /// <summary>The token that all its vendors know, as config/demo has it.</summary>
    public const string Token = "demo-token-of-the-stand-in";

    private const string Host = "vendors-stand-in.dotmac-demo.svc.cluster.local";
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private static VendorStandIn? running;
    private readonly Uri _address;

    private VendorStandIn(Uri address) => _address = address;

    /// <summary>Builds the images and starts it, once for all tests.</summary>
    public static async Task<VendorStandIn> RunningAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (running is null)
            {
                await Command.OutputAsync(
                    Path.Combine(RepositoryRoot.Path, "tests", "cluster", "images"),
                    ["vendors-stand-in", .. VendorPlugin.All.Select(static plugin => $"plugin-{plugin.Name}"), "plugin-network-automation"],
                    timeout: TimeSpan.FromMinutes(15));
                await DemoFixture.KubectlAsync("apply", "-f", Path.Combine(RepositoryRoot.Path, "config", "demo", "vendors-stand-in.yaml"));
                await DemoFixture.KubectlAsync("-n", "dotmac-demo", "rollout", "restart", "deployment/vendors-stand-in");
                await DemoFixture.KubectlAsync("-n", "dotmac-demo", "rollout", "status", "deployment/vendors-stand-in", "--timeout=180s");
                var address = (await DemoFixture.KubectlAsync("-n", "dotmac-demo", "get", "service", "vendors-stand-in", "-o", "jsonpath={.spec.clusterIP}")).Trim();
                running = new VendorStandIn(new Uri($"http://{address}/"));
            }

            return running;
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>A new tenant with a vendor's plugin and these credentials.</summary>
    public static async Task<PluginTenant> InstallAsync(VendorPlugin plugin, string token)
    {
        var tenant = await PluginTenant.NewAsync(plugin.Name);
        await tenant.WriteCredentialsAsync(new JsonObject { ["token"] = plugin.TokenForm.Replace("{token}", token, StringComparison.Ordinal) });
        var config = (JsonObject)JsonNode.Parse(plugin.Config)!;
        config["baseUrl"] = $"http://{Host}/{plugin.Name}/";
        return await tenant.InstallAsync(new JsonObject
        {
            ["plugin"] = plugin.Name,
            ["config"] = config,
            ["sandbox"] = new JsonObject { ["egress"] = new JsonArray(new JsonObject { ["host"] = Host, ["ports"] = new JsonArray(80, 8080) }) },
        });
    }

    /// <summary>All vendors answer with a status from now on.</summary>
    public async Task FailAsync(int status)
    {
        using var response = await Http.PutAsync(new Uri(_address, $"_standin/outage/{status}"), null);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>All vendors are well again.</summary>
    public async Task RecoverAsync()
    {
        using var response = await Http.DeleteAsync(new Uri(_address, "_standin/outage"));
        response.EnsureSuccessStatusCode();
    }
}
