using System.Text.Json.Nodes;
using DotMac.EndToEndTests.Fixture;
using DotMac.Testing;

namespace DotMac.EndToEndTests;

/// <summary>Pods are rolled, and versions change, while calls come in.</summary>
[Collection(DemoCollection.Name)]
public sealed class RolloutTests
{
    private const int Calls = 10_000;
    private const int Rolls = 4;

    [Fact]
    public async Task No_call_is_lost_when_pods_are_rolled_under_load()
    {
        var tenant = await TwilioTenant.ActiveAsync();
        var load = await CallLoad.StartAsync(tenant, Calls);

        // Each change rolls all pods; the next comes when the roll is over.
        for (var roll = 1; roll <= Rolls; roll++)
        {
            var before = (await tenant.PodsAsync()).Select(Uid).ToList();
            await tenant.ChangeAsync(spec => spec["config"]!["phoneNumber"] = $"+1500555000{(roll % 2 == 0 ? 6 : 5)}");
            await Eventually.BeTrueAsync(
                async () => await tenant.PodsAsync() is [var only] && !before.Contains(Uid(only)), TimeSpan.FromSeconds(120), "there is one pod, another one");
        }

        (await load.StopAsync()).Should().BeEmpty();
        load.Done.Should().BeGreaterThanOrEqualTo(Calls);
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task No_call_is_lost_when_a_good_version_comes_nor_when_a_bad_one_comes_and_is_taken_back()
    {
        await PublishAsync("1.0.1", "ghcr.io/dotmac/plugin-twilio:1.0.0");

        // It starts, and serves nothing of what a plugin must.
        await PublishAsync("1.0.2", "ghcr.io/dotmac/twilio-stand-in:1.0.0");
        var tenant = await TwilioTenant.ActiveAsync();
        var load = await CallLoad.StartAsync(tenant, Calls);

        await tenant.ChangeAsync(static spec => spec["version"] = "1.0.1");
        await tenant.WaitForAsync(
            "runs 1.0.1 for good",
            static s => PluginTenant.Text(s, "version") == "1.0.1" && PluginTenant.Text(s, "phase") == "Active" && s["rollout"] is null);
        var good = Uid((await tenant.PodsAsync()).Should().ContainSingle().Subject);

        await tenant.ChangeAsync(static spec => (spec["version"], spec["progressDeadlineSeconds"]) = ("1.0.2", 20));
        await tenant.WaitForAsync("tries 1.0.2", static s => s["rollout"] is not null);
        var status = await tenant.WaitForAsync(
            "runs 1.0.1 again", static s => s["rollback"]?["version"]?.GetValue<string>() == "1.0.2" && PluginTenant.Text(s, "version") == "1.0.1");
        PluginTenant.ConditionMessage(status, "Ready").Should().Contain("Version 1.0.2").And.Contain("did not become healthy").And.Contain("1.0.1");
        await Eventually.BeTrueAsync(
            async () => await tenant.PodsAsync() is [var only] && Uid(only) == good, TimeSpan.FromSeconds(60), "the pod of the good version alone is left, and it is the same as before");

        (await load.StopAsync()).Should().BeEmpty();
        load.Done.Should().BeGreaterThanOrEqualTo(Calls);
        await tenant.DeleteAsync();
    }

    // The catalog's first version under another number and with another image; what an earlier run left behind is replaced.
    private static async Task PublishAsync(string version, string image)
    {
        var definition = JsonNode.Parse(await DemoFixture.KubectlAsync("get", "plugindefinition", "twilio", "-o", "json"))!;
        var versions = definition["spec"]!["versions"]!.AsArray();
        var added = versions[0]!.DeepClone();
        (added["version"], added["image"]) = (version, image);
        var index = versions.ToList().FindIndex(v => v!["version"]!.GetValue<string>() == version);
        var patch = new JsonArray(new JsonObject
        {
            ["op"] = index < 0 ? "add" : "replace",
            ["path"] = $"/spec/versions/{(index < 0 ? "-" : index)}",
            ["value"] = added,
        });
        await DemoFixture.KubectlAsync("patch", "plugindefinition", "twilio", "--type", "json", "-p", patch.ToJsonString());
    }

    private static string Uid(JsonNode pod) => pod["metadata"]!["uid"]!.GetValue<string>();
}
