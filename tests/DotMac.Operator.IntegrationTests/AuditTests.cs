using System.Text.Json.Nodes;
using DotMac.Audit.Chain;
using DotMac.Audit.Files;
using DotMac.Audit.Verification;
using DotMac.Operator.IntegrationTests.Fixture;
using DotMac.Testing;

namespace DotMac.Operator.IntegrationTests;

/// <summary>What the operator keeps of what is done to plugins.</summary>
[Collection(ProbingCollection.Name)]
public sealed class AuditTests(ProbingFixture fixture)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private AuditFileSet Files => new(fixture.AuditFile);

    [Fact]
    public async Task Every_operation_is_one_line_in_an_unbroken_chain_over_crashes()
    {
        var tenant = new Tenant(fixture.ControlPlane, await fixture.CreateTenantAsync());
        var plugin = Manifests.Twilio(tenant.Namespace);

        // A mistake that people make: the trail must not keep what the config should not have held.
        plugin["spec"]!["config"]!["authToken"] = "plain-text-secret-value";
        await tenant.ApplyAsync(plugin);
        await SeenAsync(tenant, "install Accepted");
        plugin["spec"]!["config"] = Manifests.Config("+15005550001");
        plugin["spec"]!["replicas"] = 2;
        await tenant.ApplyAsync(plugin);
        await SeenAsync(tenant, "configure Accepted");

        // An operator that comes after knows of what was told from the status alone.
        await tenant.WaitForObjectAsync(
            tenant.PluginPath(),
            static p => p["status"]?["observedGeneration"]?.GetValue<long>() == p["metadata"]!["generation"]!.GetValue<long>(),
            "its status tells of the change");
        await fixture.Operator.KillAsync();
        await fixture.Operator.StartAsync();
        await tenant.PatchAsync(tenant.PluginPath(), new JsonObject { ["spec"] = new JsonObject { ["enabled"] = false } });
        await SeenAsync(tenant, "deactivate Accepted", "deactivate Succeeded");
        await tenant.DeleteAsync(tenant.PluginPath());
        await SeenAsync(tenant, "remove Succeeded");

        var lines = LinesOf(tenant);
        lines.Should().OnlyContain(static line => line["stream"]!.GetValue<string>() == "audit" && line["time"] != null && line["actor"]!["name"] != null);
        lines.First()["tenant"]!.GetValue<string>().Should().Be("acme");
        string.Concat(lines.Select(static line => line.ToJsonString())).Should().NotContain("plain-text-secret-value");
        var configure = lines.First(static line => line["operation"]!.GetValue<string>() == "configure");
        configure["changed"]!.AsArray().Select(static c => c!.GetValue<string>()).Should().Equal("/config/authToken", "/config/phoneNumber", "/replicas");
        configure["after"]!["replicas"]!.GetValue<int>().Should().Be(2);

        // The same on standard output, and in files of which several are full by now.
        fixture.Operator.Log.Should().Contain(configure["hash"]!.GetValue<string>());
        AuditTrail.Verify(Files, new ChainHash(ProbingFixture.AuditKey)).Findings.Should().BeEmpty();
        Files.Rotated().Should().NotBeEmpty();
        fixture.Operator.Log.Should().NotContain("plain-text-secret-value");
    }

    private Task SeenAsync(Tenant tenant, params string[] told) => Eventually.BeTrueAsync(
        () => told.All(t => LinesOf(tenant).Any(line => $"{line["operation"]!.GetValue<string>()} {line["result"]!.GetValue<string>()}" == t)),
        Patience,
        () => $"the trail tells of {string.Join(", ", told)}; it has {string.Join("\n", LinesOf(tenant).Select(static line => line.ToJsonString()))}");

    private List<JsonNode> LinesOf(Tenant tenant) =>
    [
        .. Files.Rotated().Select(static f => f.File).Append(Files.Live).Where(File.Exists)
            .SelectMany(static file => File.ReadAllText(file).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Where(static line => line.EndsWith('}'))
            .Select(static line => JsonNode.Parse(line)!)
            .Where(line => line["subject"]?["namespace"]?.GetValue<string>() == tenant.Namespace),
    ];
}
