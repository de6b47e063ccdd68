using System.Text.Json.Nodes;
using DotMac.Cli.IntegrationTests.Fixture;
using DotMac.Testing;

namespace DotMac.Cli.IntegrationTests;

/// <summary>What is done with the command; what the operator would write is written by the tests.</summary>
public sealed class ChangeTests(CliFixture fixture) : IClassFixture<CliFixture>
{
    [Fact]
    public async Task A_plugin_is_stopped_started_and_restarted_once()
    {
        var (_, ns) = await fixture.CreateTenantAsync();
        await fixture.InstallAsync(ns, "twilio");
        (await fixture.RunAsync("plugin", "deactivate", "twilio", "-n", ns, "--dry-run", "client")).Expect(0).Out.Should().Contain("""{"spec":{"enabled":false}}""");
        (await fixture.RunAsync("plugin", "deactivate", "twilio", "-n", ns, "--dry-run", "server")).Expect(0).Out.Should().Contain("could be deactivated");
        (await fixture.PluginAsync(ns, "twilio"))["spec"]!["enabled"].Should().BeNull();
        (await fixture.RunAsync("plugin", "deactivate", "twilio", "-n", ns)).Expect(0).Out.Should().Be($"{ns}/twilio: deactivated\n");
        (await fixture.PluginAsync(ns, "twilio"))["spec"]!["enabled"]!.GetValue<bool>().Should().BeFalse();
        (await fixture.RunAsync("plugin", "deactivate", "twilio", "-n", ns)).Expect(0).Out.Should().Contain("nothing to change");
        (await fixture.RunAsync("plugin", "activate", "twilio", "-n", ns)).Expect(0);
        (await fixture.RunAsync("plugin", "restart", "twilio", "-n", ns)).Expect(0);
        (await fixture.PluginAsync(ns, "twilio"))["metadata"]!["annotations"]!["plugins.dotmac.io/restartedAt"].Should().NotBeNull();
        (await fixture.RunAsync("plugin", "restart", "nothing", "-n", ns)).Expect(1).Error.Should().Contain("there is no plugin nothing");
    }

    [Fact]
    public async Task A_version_that_there_is_not_is_refused_with_those_that_there_are()
    {
        var (_, ns) = await fixture.CreateTenantAsync();
        await fixture.InstallAsync(ns, "twilio");
        (await fixture.RunAsync("plugin", "upgrade", "twilio", "-n", ns, "--version", "9.9.9")).Expect(1).Error.Should().Contain("1.0.0");
        (await fixture.RunAsync("plugin", "upgrade", "twilio", "-n", ns)).Expect(0).Out.Should().Contain("nothing to change");
        (await fixture.RunAsync("plugin", "upgrade", "twilio", "-n", ns, "--version", "1.0.0")).Expect(0);
        (await fixture.PluginAsync(ns, "twilio"))["spec"]!["version"]!.GetValue<string>().Should().Be("1.0.0");
    }

    [Fact]
    public async Task A_change_is_waited_for_and_what_is_waited_for_is_said()
    {
        var (_, ns) = await fixture.CreateTenantAsync();
        await fixture.InstallAsync(ns, "twilio");
        await fixture.WriteStatusAsync(ns, "twilio", "Active", ("Ready", "True", "Succeeded", "it runs"));
        var stopping = fixture.RunAsync("plugin", "deactivate", "twilio", "-n", ns, "--wait", "--timeout", "60s");
        await Eventually.BeTrueAsync(async () => (await fixture.PluginAsync(ns, "twilio"))["spec"]!["enabled"]?.GetValue<bool>() == false, TimeSpan.FromSeconds(30), "the wish is stored");
        stopping.IsCompleted.Should().BeFalse();
        await fixture.WriteStatusAsync(ns, "twilio", "Inactive", ("Ready", "False", "Deactivated", "it is deactivated"));
        var stopped = (await stopping).Expect(0);
        stopped.Out.Should().EndWith($"{ns}/twilio: Inactive\n");
        stopped.Error.Should().Contain("waiting for the operator to look at it");
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_ready_when_it_is_stuck_and_when_the_time_is_over()
    {
        var (_, ns) = await fixture.CreateTenantAsync();
        await fixture.InstallAsync(ns, "twilio");
        (await fixture.RunAsync("plugin", "wait", "twilio", "-n", ns, "--timeout", "1s")).Expect(1).Error.Should().Contain("is not ready after 1 s").And.Contain("dotmac plugin status twilio");
        await fixture.WriteStatusAsync(ns, "twilio", "Failed", ("Ready", "False", "SecretNotFound", "there is no Secret x"), ("Stalled", "True", "SecretNotFound", "there is no Secret x"));
        (await fixture.RunAsync("plugin", "wait", "twilio", "-n", ns, "--timeout", "60s")).Expect(1).Error.Should().Contain("there is no Secret x");
        (await fixture.RunAsync("plugin", "wait", "twilio", "-n", ns, "--for", "settled", "--timeout", "60s")).Expect(0);
        await fixture.WriteStatusAsync(ns, "twilio", "Active", ("Ready", "True", "Succeeded", "it runs"));
        (await fixture.RunAsync("plugin", "wait", "twilio", "-n", ns, "--timeout", "60s")).Expect(0).Out.Should().Be($"{ns}/twilio: Active\n");
        (await fixture.RunAsync("plugin", "wait", "nothing", "-n", ns, "--for", "removed", "--timeout", "60s")).Expect(0).Out.Should().Contain("removed");
        (await fixture.RunAsync("plugin", "wait", "twilio", "-n", ns, "--timeout", "soon")).Expect(1).Error.Should().Contain("--timeout: 'soon'");
    }

    [Fact]
    public async Task What_others_need_is_removed_only_by_force()
    {
        var (_, ns) = await fixture.CreateTenantAsync();
        await fixture.ControlPlane.SendAsync(HttpMethod.Post, "apis/plugins.dotmac.io/v1alpha1/plugindefinitions", JsonNode.Parse("""
            {"apiVersion":"plugins.dotmac.io/v1alpha1","kind":"PluginDefinition","metadata":{"name":"needing"},
             "spec":{"displayName":"Needing","category":"custom","defaultVersion":"1.0.0","versions":[{"version":"1.0.0","image":"ghcr.io/dotmac/needing:1.0.0","dependencies":[{"plugin":"twilio","version":">=1.0.0"}]}]}}
            """));
        await fixture.InstallAsync(ns, "twilio");
        await fixture.InstallAsync(ns, "chat", "needing");
        (await fixture.RunAsync("plugin", "remove", "twilio", "-n", ns)).Expect(1).Error.Should().Contain("chat needs twilio").And.Contain("--force");
        (await fixture.RunAsync("plugin", "remove", "chat", "-n", ns, "--wait")).Expect(0).Out.Should().Be($"{ns}/chat: removed\n");
        await fixture.InstallAsync(ns, "chat", "needing");
        (await fixture.RunAsync("plugin", "remove", "twilio", "-n", ns, "--force", "--wait")).Expect(0);
        (await fixture.RunAsync("plugin", "list", "-n", ns, "-o", "name")).Lines.Should().Equal("tenantplugins.plugins.dotmac.io/chat");
    }
}
