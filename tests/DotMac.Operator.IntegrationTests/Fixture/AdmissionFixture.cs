using System.Text.Json.Nodes;
using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>
/// An operator that the API server asks. What is registered is what is installed, but for the address: there is no Service here that would lead
/// to a process outside.
/// </summary>
public sealed class AdmissionFixture : InstalledFixture
{
    private readonly int _port = LoopbackPorts.Free(1)[0];

    public OperatorInstance Operator { get; private set; } = null!;

    public string AuditFile { get; private set; } = string.Empty;

    public Uri Webhook => new($"https://127.0.0.1:{_port}");

    /// <summary>Waits until the API server asks and trusts whoever answers: until what is wrong is refused.</summary>
    public Task WaitUntilAskedAsync() => Eventually.BeTrueAsync(
        async () => await RefusalAsync(HttpMethod.Post, "apis/plugins.dotmac.io/v1alpha1/plugindefinitions?dryRun=All", Manifests.Definition("dotted.name", OneVersion)) is not null,
        TimeSpan.FromSeconds(60),
        () => $"the webhook is asked; the operator's log:\n{Operator.Log}");

    public const string OneVersion = """[{"version":"1.0.0","image":"ghcr.io/dotmac/x:1.0.0"}]""";

    /// <summary>What the API server says when it refuses; null when it does not.</summary>
    public async Task<string?> RefusalAsync(HttpMethod method, string path, JsonNode? body, string contentType = "application/json")
    {
        try
        {
            await ControlPlane.SendAsync(method, path, body?.DeepClone(), contentType);
            return null;
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }

    /// <summary>Waits until something would not be created, once the operator has heard of what forbids it; gives back why.</summary>
    public async Task<string> RefusedAsync(string collection, JsonNode body)
    {
        string? said = null;
        await Eventually.BeTrueAsync(
            async () => (said = await RefusalAsync(HttpMethod.Post, collection + "?dryRun=All", body)) is not null, TimeSpan.FromSeconds(60), () => $"{body.ToJsonString()} is refused");
        return said!;
    }

    /// <summary>Waits until the operator knows a definition: until it has written its status.</summary>
    public Task WaitForDefinitionAsync(string name) => Eventually.BeTrueAsync(
        async () => (await ControlPlane.SendAsync(HttpMethod.Get, $"apis/plugins.dotmac.io/v1alpha1/plugindefinitions/{name}"))["status"]?["conditions"] is not null,
        TimeSpan.FromSeconds(60),
        () => $"the operator knows {name}");

    protected override async Task StartAsync()
    {
        await ApplyAsync("config/operator/roles.yaml");
        await ApplyAsync("config/operator/webhook.yaml", Redirect);
        AuditFile = Path.Combine(Directory.CreateTempSubdirectory("dotmac-audit-").FullName, "audit.jsonl");
        Operator = NewOperator("--webhook-port", $"{_port}", "--webhook-address", "127.0.0.1", "--audit-file", AuditFile);
        await Operator.StartAsync();
        await WaitUntilAskedAsync();
    }

    protected override async Task StopAsync()
    {
        await Operator.KillAsync();
        Directory.Delete(Path.GetDirectoryName(AuditFile)!, recursive: true);
    }

    private void Redirect(JsonNode manifest)
    {
        foreach (var hook in manifest["webhooks"]?.AsArray() ?? [])
        {
            hook!["clientConfig"] = new JsonObject { ["url"] = new Uri(Webhook, hook["clientConfig"]!["service"]!["path"]!.GetValue<string>()).ToString() };
        }
    }
}
