using System.Net.Http.Headers;
using System.Text;
using DotMac.Plugins.Slack;
using DotMac.Plugins.Vendors.IntegrationTests.Descriptions;
using DotMac.Plugins.Vendors.IntegrationTests.Plugins;
using DotMac.Plugins.Vendors.IntegrationTests.Prism;

namespace DotMac.Plugins.Vendors.IntegrationTests;

/// <summary>
/// What the plugin sends, held against Slack's own description of its API. It is of 2021 and does not have the methods that <c>upload_file</c> uses; for those
/// there is the stand-in alone.
/// </summary>
public sealed class SlackContractTests(PrismFixture prisms) : IClassFixture<PrismFixture>
{
    public static TheoryData<DescriptionSource> Sources => DescribedVendors.Slack.Sources;

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task WhatIsDescribedIsAskedAsSlackDescribes(DescriptionSource source)
    {
        await using RecordingProxy slack = await prisms.ServeAsync(DescribedVendors.Slack, source);
        await using PluginUnderTest plugin = await PluginUnderTest.StartAsync(new SlackPlugin(), new()
        {
            Config = $$"""{ "botToken": "${vault:slack/bot_token}", "baseUrl": "{{slack.Host}}" }""",
            VaultSecrets = { ["slack"] = new() { ["bot_token"] = "xoxb-1" } },
        });

        await plugin.CallAsync("post_message", """{ "channel": "C1234567890", "text": "Grüße & more" }""");
        await plugin.CallAsync("post_message", """
            {
              "channel": "C1234567890", "text": "t", "blocks": [{ "type": "divider" }], "threadTs": "1503435956.000247", "replyBroadcast": true, "unfurlLinks": false,
              "unfurlMedia": true, "mrkdwn": false, "username": "ISP", "iconEmoji": ":robot_face:"
            }
            """);
        await plugin.CallAsync("update_message", """{ "channel": "C1234567890", "ts": "1503435956.000247", "text": "t" }""");
        await plugin.CallAsync("post_ephemeral", """{ "channel": "C1234567890", "user": "U1234567890", "text": "t" }""");
        await plugin.CallAsync("list_channels", """{ "types": ["publicChannel", "im"], "limit": 10, "cursor": "dXNlcjpVMDYxTkZUVDI=", "excludeArchived": true }""");

        slack.ShouldHaveTakenNothingButGood(
            "GET /api/auth.test", "POST /api/chat.postMessage", "POST /api/chat.update", "POST /api/chat.postEphemeral", "GET /api/conversations.list");
    }

    [Theory]
    [InlineData("/api/chat.postMessage", "text=t", "channel")]
    [InlineData("/api/chat.postMessage", "channel=C1&text=t&colour=red", "colour")]
    [InlineData("/api/chat.postMessag", "channel=C1&text=t", "404")]
    public async Task WhatSlackWouldRefuseIsFoundToBeBad(string path, string form, string fault)
    {
        await using RecordingProxy slack = await prisms.ServeAsync(DescribedVendors.Slack, DescriptionSource.OpenApiDirectory);
        using var http = new HttpClient { BaseAddress = slack.Host };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "xoxb-1");

        (await http.SendAsync(request)).Dispose();

        slack.Requests.Should().ContainSingle().Which.Faults.Should().Contain(found => found.Contains(fault, StringComparison.Ordinal));
    }
}
