using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Operations;
using DotMac.Plugins.HubSpot;
using DotMac.Plugins.Mailchimp;
using DotMac.Plugins.NetworkAutomation;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Plugins.SendGrid;
using DotMac.Plugins.Slack;
using DotMac.Plugins.Stripe;
using DotMac.Plugins.Twilio;
using YamlDotNet.Serialization;

namespace DotMac.Plugins.Examples.Tests;

/// <summary>What the catalog and the old format's examples say of the plugins is what the plugins say of themselves.</summary>
public sealed class CatalogTests
{
    private static readonly Dictionary<string, Func<BasePlugin>> All = new()
    {
        ["hubspot"] = static () => new HubSpotPlugin(),
        ["mailchimp"] = static () => new MailchimpPlugin(),
        ["network-automation"] = static () => new NetworkAutomationPlugin(),
        ["sendgrid"] = static () => new SendGridPlugin(),
        ["slack"] = static () => new SlackPlugin(),
        ["stripe"] = static () => new StripePlugin(),
        ["twilio"] = static () => new TwilioPlugin(),
    };

    public static TheoryData<string> Plugins => [.. All.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void EveryDefinitionHasItsPlugin() =>
        Directory.GetFiles(Path.Combine(Repository.Root, "config", "catalog")).Select(Path.GetFileNameWithoutExtension).Should().BeEquivalentTo(All.Keys);

    [Theory]
    [MemberData(nameof(Plugins))]
    public async Task TheDefinitionListsWhatThePluginOffers(string id)
    {
        BasePlugin plugin = All[id]();
        JsonNode definition = Definition(id);
        await using PluginTestHost host = await PluginTestHost.StartAsync(plugin, new());

        OperationList offered = JsonSerializer.Deserialize(
            await host.Client.GetStringAsync(new Uri(ContractPaths.Operations, UriKind.Relative)), ContractJsonContext.Default.OperationList)!;

        JsonNode version = definition["spec"]!["versions"]!.AsArray().Single(version => version!["version"]!.GetValue<string>() == plugin.Info.Version)!;
        plugin.Info.Id.Should().Be(id);
        definition["spec"]!["defaultVersion"]!.GetValue<string>().Should().Be(plugin.Info.Version);
        version["image"]!.GetValue<string>().Should().EndWith($"/plugin-{id}:{plugin.Info.Version}");
        version["operations"]!.AsArray().Select(static operation => operation!["name"]!.GetValue<string>())
            .Should().BeEquivalentTo(offered.Operations.Select(static operation => operation.Name));
        offered.Operations.Should().OnlyContain(static operation => !string.IsNullOrEmpty(operation.Description));
    }

    [Theory]
    [MemberData(nameof(Plugins))]
    public void TheExampleInTheOldFormatFitsTheSchema(string id)
    {
        JsonNode example = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "config", "plugins", $"{id}.json.example")))!;
        JsonNode definition = Definition(id);
        JsonNode schema = definition["spec"]!["versions"]![0]!["configSchema"]!;
        string[] members = [.. example["config_data"]!.AsObject().Select(static member => CamelCase(member.Key))];

        example.AsObject().Select(static member => member.Key).Should().Equal("plugin_id", "name", "category", "enabled", "config_data", "security");
        example["plugin_id"]!.GetValue<string>().Should().Be(id);
        example["category"]!.GetValue<string>().Should().Be(definition["spec"]!["category"]!.GetValue<string>());
        example["enabled"]!.GetValue<bool>().Should().BeTrue();
        example["security"]!["sandbox_enabled"]!.GetValue<bool>().Should().BeTrue();
        example["security"]!["resource_limits"]!["memory_mb"]!.GetValue<int>().Should().BePositive();
        example["security"]!["resource_limits"]!["cpu_percent"]!.GetValue<int>().Should().BePositive();
        schema["properties"]!.AsObject().Select(static property => property.Key).Should().Contain(members);
        members.Should().Contain(schema["required"]?.AsArray().Select(static name => name!.GetValue<string>()) ?? []);
    }

    private static string CamelCase(string name) =>
        string.Concat(name.Split('_').Select(static (word, index) => index == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private static JsonNode Definition(string id)
    {
        string yaml = File.ReadAllText(Path.Combine(Repository.Root, "config", "catalog", $"{id}.yaml"));
        object document = new DeserializerBuilder().Build().Deserialize<object>(yaml);
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(document))!;
    }
}
