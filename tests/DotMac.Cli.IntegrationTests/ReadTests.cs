using System.Text.Json.Nodes;
using DotMac.Cli.IntegrationTests.Fixture;
using DotMac.Testing.Cluster;

namespace DotMac.Cli.IntegrationTests;

/// <summary>What can be looked at with the command.</summary>
public sealed class ReadTests(CliFixture fixture) : IClassFixture<CliFixture>
{
    [Fact]
    public async Task The_list_has_kubectls_columns_aligned_and_what_is_hostile_in_it_is_one_line()
    {
        var (id, ns) = await fixture.CreateTenantAsync();
        await fixture.InstallAsync(ns, "b");
        await fixture.InstallAsync(ns, "a-long-name-indeed");
        await fixture.WriteStatusAsync(ns, "b", "Degraded", ("Ready", "False", "ChecksFailed", "two\nlines\u001b[31m"));
        var list = (await fixture.RunAsync("plugin", "list", "-n", ns)).Expect(0);
        list.Lines.Should().HaveCount(3);
        list.Lines[0].Should().MatchRegex("^NAME +PLUGIN +VERSION +PHASE +READY +HEALTH +CALLS +ERRORS +AGE$");
        list.Lines[1].Should().MatchRegex("^a-long-name-indeed   twilio +- +- +- +- +- +- +[0-9]+s$");
        list.Lines[2].Should().MatchRegex("^b                    twilio +1.0.0 +Degraded +0/1 ");
        list.Lines.Select(static line => line.IndexOf("twilio", StringComparison.Ordinal)).Skip(1).Distinct().Should().ContainSingle();

        // By the tenant's id too.
        (await fixture.RunAsync("plugin", "list", "--tenant", id)).Expect(0).Lines.Should().HaveCount(3);
        var wide = (await fixture.RunAsync("plugin", "list", "-n", ns, "-o", "wide")).Expect(0);
        wide.Lines.Should().HaveCount(3);
        wide.Lines[2].Should().EndWith("two lines [31m").And.NotContain("\u001b");
        (await fixture.RunAsync("plugin", "list", "-n", ns, "-o", "name")).Expect(0).Lines.Should().Equal("tenantplugins.plugins.dotmac.io/a-long-name-indeed", "tenantplugins.plugins.dotmac.io/b");
        var json = JsonNode.Parse((await fixture.RunAsync("plugin", "list", "-n", ns, "-o", "json")).Expect(0).Out)!;
        json["items"]!.AsArray().Should().HaveCount(2);
        json["items"]![0]!["kind"]!.GetValue<string>().Should().Be("TenantPlugin");
        json["items"]![0]!["metadata"]!["managedFields"].Should().BeNull();
        var yaml = YamlText.ToJson((await fixture.RunAsync("plugin", "list", "-n", ns, "-o", "yaml")).Expect(0).Out).Single();
        yaml["items"]![1]!["spec"]!["config"]!["phoneNumber"]!.GetValue<string>().Should().Be("+15005550006");
        (await fixture.RunAsync("plugin", "list", "-A")).Expect(0).Lines[0].Should().StartWith("NAMESPACE ");
    }

    [Fact]
    public async Task Nothing_installed_is_no_error_and_says_how_to_go_on()
    {
        var (_, ns) = await fixture.CreateTenantAsync();
        var list = (await fixture.RunAsync("plugin", "list", "-n", ns)).Expect(0);
        list.Out.Should().BeEmpty();
        list.Error.Should().Contain($"Nothing is installed in {ns}").And.Contain("dotmac plugin search");
        JsonNode.Parse((await fixture.RunAsync("plugin", "list", "-n", ns, "-o", "json")).Expect(0).Out)!["items"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task The_catalog_is_searched_and_an_entry_described()
    {
        (await fixture.RunAsync("plugin", "search")).Expect(0).Lines.Should().HaveCount(8);
        (await fixture.RunAsync("plugin", "search", "SMS")).Expect(0).Lines.Should().HaveCount(2).And.Contain(static line => line.StartsWith("twilio "));
        (await fixture.RunAsync("plugin", "search", "--category", "billing")).Expect(0).Lines[1].Should().StartWith("stripe ");
        (await fixture.RunAsync("plugin", "search", "--category", "nothing")).Expect(1).Error.Should().Contain("billing");
        (await fixture.RunAsync("plugin", "search", "nothing-of-this-kind")).Expect(0).Error.Should().Contain("has nothing that fits");
        var info = (await fixture.RunAsync("plugin", "info", "twilio")).Expect(0);
        info.Lines[0].Should().Be("Twilio SMS (twilio)");
        info.Out.Should().Contain("1.0.0 (default)").And.Contain("send_sms").And.MatchRegex("authToken +required secret string");
        (await fixture.RunAsync("plugin", "info", "twillio")).Expect(1).Error.Should().Contain("dotmac plugin search");
        JsonNode.Parse((await fixture.RunAsync("plugin", "info", "twilio", "-o", "json")).Expect(0).Out)!["kind"]!.GetValue<string>().Should().Be("PluginDefinition");
    }

    [Fact]
    public async Task A_status_says_what_is_wrong_and_ends_accordingly()
    {
        var (_, ns) = await fixture.CreateTenantAsync();
        await fixture.InstallAsync(ns, "twilio");
        (await fixture.RunAsync("plugin", "status", "twilio", "-n", ns)).Expect(1).Out.Should().Contain("not looked at yet").And.Contain("has not acted upon the newest change");
        await fixture.WriteStatusAsync(ns, "twilio", "Failed", ("ConfigValid", "False", "ConfigInvalid", "authToken is required"), ("Ready", "False", "ConfigInvalid", "authToken is required"));
        var failed = (await fixture.RunAsync("plugin", "status", "twilio", "-n", ns)).Expect(1);
        failed.Out.Should().MatchRegex("ConfigValid +False +ConfigInvalid +authToken is required");
        await fixture.WriteStatusAsync(ns, "twilio", "Active", ("Ready", "True", "Succeeded", "it runs"));
        (await fixture.RunAsync("plugin", "status", "twilio", "-n", ns)).Expect(0);
        (await fixture.RunAsync("plugin", "status", "nothing", "-n", ns)).Expect(1).Error.Should().Contain($"there is no plugin nothing in {ns}");
    }

    [Fact]
    public async Task Events_are_listed_newest_last()
    {
        var (_, ns) = await fixture.CreateTenantAsync();
        await fixture.InstallAsync(ns, "twilio");
        (await fixture.RunAsync("plugin", "events", "twilio", "-n", ns)).Expect(0).Error.Should().Contain("Nothing happened");
        var uid = (await fixture.PluginAsync(ns, "twilio"))["metadata"]!["uid"]!.GetValue<string>();
        foreach (var (reason, time) in new[] { ("Second", "2026-01-31T12:05:00Z"), ("First", "2026-01-31T12:00:00Z") })
        {
            await fixture.ControlPlane.SendAsync(HttpMethod.Post, $"api/v1/namespaces/{ns}/events", new JsonObject
            {
                ["metadata"] = new JsonObject { ["generateName"] = "told-" },
                ["involvedObject"] = new JsonObject { ["apiVersion"] = "plugins.dotmac.io/v1alpha1", ["kind"] = "TenantPlugin", ["namespace"] = ns, ["name"] = "twilio", ["uid"] = uid },
                ["type"] = "Normal",
                ["reason"] = reason,
                ["message"] = "told",
                ["lastTimestamp"] = time,
            });
        }

        (await fixture.RunAsync("plugin", "events", "twilio", "-n", ns)).Expect(0).Lines.Skip(1).Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]).Should().Equal("First", "Second");
    }

    [Fact]
    public async Task Tenants_are_listed_with_how_many_plugins_they_have()
    {
        var (id, ns) = await fixture.CreateTenantAsync();
        await fixture.InstallAsync(ns, "twilio");
        (await fixture.RunAsync("tenant", "list")).Expect(0).Lines.Should().Contain(line => System.Text.RegularExpressions.Regex.IsMatch(line, $"^{id} +{ns} +1 +0 "));
    }

    [Fact]
    public async Task The_doctor_names_what_is_missing_and_how_to_mend_it()
    {
        var doctor = (await fixture.RunAsync("doctor")).Expect(1);
        doctor.Lines[0].Should().MatchRegex("^ok +API server +v1");
        doctor.Out.Should().MatchRegex("ok +tenantplugins.plugins.dotmac.io +is defined")
            .And.MatchRegex("FAIL +Operator +is not installed\r?\n +→ kubectl apply -f config/operator")
            .And.MatchRegex("ok +Catalog +[0-9]+ plugins can be installed");
        doctor.Lines[^1].Should().Be("2 parts do not work");
        var stranger = (await CliFixture.RunAsAsync(fixture.ControlPlane.WriteKubeconfig("nobody-special", "system:authenticated"), "doctor")).Expect(0);
        stranger.Out.Should().Contain("you may not look at it").And.Contain("parts want looking after");
    }

    [Fact]
    public async Task Who_may_not_is_told_what_is_missing_and_who_names_nobody_what_there_is()
    {
        var (_, ns) = await fixture.CreateTenantAsync();
        var stranger = fixture.ControlPlane.WriteKubeconfig("stranger");
        (await CliFixture.RunAsAsync(stranger, "plugin", "list", "-n", ns)).Expect(2).Error.Should().Contain("does not allow it").And.Contain("role in the namespace");
        (await fixture.RunAsync("plugin", "list", "-n", "nobody")).Expect(2).Error.Should().Contain("there is no tenant or namespace nobody");
        (await fixture.RunAsync("plugin", "list", "-n", "not a name")).Expect(2).Error.Should().Contain("there is no tenant or namespace");
        (await CliFixture.RunAsAsync("/nowhere", "plugin", "list")).Expect(2).Error.Should().Contain("/nowhere");
    }
}
