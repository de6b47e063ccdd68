using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Plugins.Sdk.Tests.Samples;

namespace DotMac.Plugins.Sdk.Tests;

public class ReloadTests
{
    private const string First = """{ "token": "${vault:crm/token}", "greeting": "first" }""";
    private const string Second = """{ "token": "${vault:crm/token}", "greeting": "second" }""";

    [Fact]
    public async Task HotTakesAChangedConfigOver()
    {
        var plugin = new SamplePlugin();
        await using PluginTestHost host = await StartAsync(plugin, ReloadMode.Hot);

        host.WriteConfig(Second);

        await Eventually.BeTrueAsync(() => plugin.Events.Contains("reload second"), "the symlink swap is seen");
        (await (await host.CallAsync("echo", """{ "text": "x" }""")).Content.ReadAsStringAsync()).Should().Contain("second");
    }

    [Fact]
    public async Task HotKeepsTheOldConfigWhenTheNewOneIsInvalidAndSaysSo()
    {
        var plugin = new SamplePlugin();
        await using PluginTestHost host = await StartAsync(plugin, ReloadMode.Hot);

        host.WriteConfig("""{ "token": "${vault:other/token}" }""");
        await host.WaitForCheckAsync("config", HealthState.Degraded);
        PluginStatusReport status = await host.StatusAsync();
        status.State.Should().Be(PluginState.Degraded);
        status.Checks.Single(check => check.Name == "config").Message.Should().Contain("${vault:other/token}");
        await host.WaitUntilReadyAsync();
        plugin.Config.Greeting.Should().Be("first");

        host.WriteConfig(Second);
        await host.WaitForCheckAsync("config", HealthState.Healthy);
        plugin.Events.Should().Equal("initialize first", "activate", "reload second");
    }

    [Fact]
    public async Task AReloadThatThrowsLeavesThePreviousConfigInForce()
    {
        var plugin = new SamplePlugin { OnReload = () => throw new InvalidOperationException("no") };
        await using PluginTestHost host = await StartAsync(plugin, ReloadMode.Hot);

        host.WriteConfig(Second);

        await host.WaitForCheckAsync("config", HealthState.Degraded);
        plugin.Config.Greeting.Should().Be("first");
        await host.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task RestartIgnoresAChangedConfigButTakesChangedSecretsOver()
    {
        var plugin = new SamplePlugin();
        await using PluginTestHost host = await StartAsync(plugin, ReloadMode.Restart);

        host.WriteConfig(Second);
        host.WriteVaultSecret("crm", new Dictionary<string, string> { ["token"] = "rotated-token" });

        await Eventually.BeTrueAsync(() => plugin.Events.Contains("reload first"), "the rotated secret is seen");
        plugin.Config.Token.Should().Be("rotated-token");
        plugin.Config.Greeting.Should().Be("first");
    }

    [Fact]
    public async Task ASecretThatIsSwappedLikeTheKubeletDoesIsTakenOver()
    {
        var plugin = new SamplePlugin();
        await using PluginTestHost host = await PluginTestHost.StartAsync(plugin, new()
        {
            Config = """{ "token": "${secret:crm/token}", "greeting": "x" }""",
            Secrets = { ["crm"] = new() { ["token"] = "token-one" } },
        });
        await host.WaitUntilReadyAsync();

        host.WriteSecret("crm", "token", "token-two");

        await Eventually.BeTrueAsync(() => plugin.Config.Token == "token-two", "the swap below the secrets directory is seen");
    }

    [Fact]
    public async Task ASwapThatChangesNothingReloadsNothing()
    {
        var plugin = new SamplePlugin();
        await using PluginTestHost host = await StartAsync(plugin, ReloadMode.Hot);

        host.WriteConfig(First);
        host.WriteConfig(First + " ");
        host.WriteConfig(Second);

        await Eventually.BeTrueAsync(() => plugin.Events.Contains("reload second"), "the last swap is seen");
        plugin.Events.Should().Equal("initialize first", "activate", "reload second");
    }

    [Fact]
    public async Task ChecksRunAgainAfterAChange()
    {
        int runs = 0;
        var plugin = new SamplePlugin();
        plugin.OnCheck = _ =>
        {
            Interlocked.Increment(ref runs);
            return Task.FromResult(Health.CheckResult.Healthy);
        };
        await using PluginTestHost host = await StartAsync(plugin, ReloadMode.Hot);
        await host.WaitForCheckAsync("sample", HealthState.Healthy);

        host.WriteConfig(Second);

        await Eventually.BeTrueAsync(() => Volatile.Read(ref runs) >= 2, "new credentials deserve a new look");
    }

    private static async Task<PluginTestHost> StartAsync(SamplePlugin plugin, ReloadMode reload)
    {
        PluginTestHost host = await PluginTestHost.StartAsync(plugin, new()
        {
            Config = First,
            Reload = reload,
            VaultSecrets = { ["crm"] = new() { ["token"] = "first-token" } },
        });
        await host.WaitUntilReadyAsync();
        return host;
    }
}
