using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DotMac.Testing;

namespace DotMac.EndToEndTests.Fixture;

/// <summary>The Vault of the demo, asked as its root unless told otherwise.</summary>
internal sealed class VaultServer
{
    private const string RootToken = "demo-root";
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private static VaultServer? running;
    private readonly Uri _address;

    private VaultServer(Uri address) => _address = address;

    /// <summary>Sets it up once for all tests: a second set-up would empty it.</summary>
    public static async Task<VaultServer> RunningAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (running is null)
            {
                await Command.OutputAsync(Path.Combine(RepositoryRoot.Path, "scripts", "demo"), ["vault"], timeout: TimeSpan.FromMinutes(6));
                var address = (await DemoFixture.KubectlAsync("-n", "vault", "get", "service", "vault", "-o", "jsonpath={.spec.clusterIP}")).Trim();
                running = new VaultServer(new Uri($"http://{address}:8200"));
            }

            return running;
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Sends a request below <c>/v1/</c>.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, JsonObject? body = null, string? token = RootToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_address, $"/v1/{path}"));
        if (token is not null)
        {
            request.Headers.Add("X-Vault-Token", token);
        }

        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>Writes a secret of a tenant.</summary>
    public async Task WriteAsync(string tenant, string path, JsonObject data)
    {
        var (status, body) = await SendAsync(HttpMethod.Post, $"secret/data/tenants/{tenant}/{path}", new JsonObject { ["data"] = data });
        ((int)status).Should().BeLessThan(300, body?.ToJsonString());
    }
}
