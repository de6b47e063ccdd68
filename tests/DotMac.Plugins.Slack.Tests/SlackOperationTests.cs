using System.Net;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Operations;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;
using DotMac.StandIns.Vendors.Slack;

namespace DotMac.Plugins.Slack.Tests;

public sealed class SlackOperationTests : IAsyncLifetime
{
    private readonly SlackStandIn _workspace = new(SlackCalls.BotToken);
    private VendorServer? _slack;

    private VendorServer Slack => _slack!;

    public async Task InitializeAsync() => _slack = await VendorServer.StartAsync(_workspace);

    public async Task DisposeAsync() => await Slack.DisposeAsync();

    [Fact]
    public async Task AMessageIsPostedRepliedToAndChanged()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);

        JsonElement posted = await host.OkAsync("post_message", """{ "channel": "#general", "text": "Grüße & <more> 100% + \"so\"" }""");
        JsonElement reply = await host.OkAsync("post_message", $$"""
            {
              "channel": "{{SlackStandIn.General}}", "text": "reply", "threadTs": "{{posted.Text("ts")}}", "replyBroadcast": true,
              "unfurlLinks": false, "unfurlMedia": true, "mrkdwn": false, "username": "Net ops", "iconEmoji": ":satellite:"
            }
            """);
        JsonElement changed = await host.OkAsync("update_message", $$"""{ "channel": "{{posted.Text("channel")}}", "ts": "{{posted.Text("ts")}}", "text": "changed" }""");

        posted.Text("channel").Should().Be(SlackStandIn.General);
        changed.Text("ts").Should().Be(posted.Text("ts"));
        reply.Text("ts").Should().NotBe(posted.Text("ts"));
        _workspace.Message(posted.Text("ts")!).Text("text").Should().Be("changed");
        Slack.Requests.Select(static request => request.ToString()).Should().Equal("POST /api/chat.postMessage", "POST /api/chat.postMessage", "POST /api/chat.update");
        Slack.Requests.Should().OnlyContain(static request =>
            request.Headers["Authorization"] == $"Bearer {SlackCalls.BotToken}" && request.Headers["Content-Type"] == "application/x-www-form-urlencoded");
        Slack.Requests[0].Fields().Should().BeEquivalentTo(new Dictionary<string, string> { ["channel"] = "#general", ["text"] = "Grüße & <more> 100% + \"so\"" });
        Slack.Requests[1].Fields().Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["channel"] = SlackStandIn.General,
            ["text"] = "reply",
            ["thread_ts"] = posted.Text("ts")!,
            ["reply_broadcast"] = "true",
            ["unfurl_links"] = "false",
            ["unfurl_media"] = "true",
            ["mrkdwn"] = "false",
            ["username"] = "Net ops",
            ["icon_emoji"] = ":satellite:",
        });
    }

    [Fact]
    public async Task BlocksGoAsJsonInAFieldOfTheForm()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        const string Blocks = """[{"type":"section","text":{"type":"mrkdwn","text":"*Outage* & more"}},{"type":"divider"}]""";

        JsonElement posted = await host.OkAsync("post_message", $$"""{ "channel": "{{SlackStandIn.General}}", "blocks": {{Blocks}} }""");
        await host.OkAsync("update_message", $$"""{ "channel": "{{SlackStandIn.General}}", "ts": "{{posted.Text("ts")}}", "text": "plain", "blocks": [] }""");

        Slack.Requests[0].Fields()["blocks"].Should().Be(Blocks);
        Slack.Requests[0].Fields().Should().NotContainKey("text");
        Slack.Requests[1].Fields()["blocks"].Should().Be("[]", "an empty layout takes the old one away");
    }

    [Fact]
    public async Task AMessageIsShownToOneUser()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);

        JsonElement shown = await host.OkAsync("post_ephemeral", $$"""{ "channel": "{{SlackStandIn.General}}", "user": "{{SlackStandIn.Member}}", "text": "psst" }""");

        shown.Text("messageTs").Should().MatchRegex("^[0-9]+\\.[0-9]{6}$");
        Slack.Requests.Should().ContainSingle().Which.Fields()["user"].Should().Be(SlackStandIn.Member);
    }

    [Fact]
    public async Task ChannelsAreListedPageByPage()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        var channels = new List<JsonElement>();
        string? cursor = null;
        int pages = 0;

        do
        {
            JsonElement page = await host.OkAsync("list_channels", cursor is null ? "{}" : $$"""{ "cursor": "{{cursor}}" }""");
            channels.AddRange(page.GetProperty("channels").EnumerateArray());
            cursor = page.TryGetProperty("nextCursor", out JsonElement next) ? next.GetString() : null;
            pages++;
        }
        while (cursor is not null && pages < 10);

        pages.Should().Be(3);
        channels.Should().HaveCount(252);
        channels.Select(static channel => channel.Text("id")).Should().OnlyHaveUniqueItems().And.NotContain(SlackStandIn.Archived);
        channels[0].Text("name").Should().Be("general");
        channels[0].Text("purpose").Should().Be("About general.");
        channels[0].TryGetProperty("topic", out _).Should().BeFalse();
        Slack.Requests.Select(static request => request.ToString()).Should().Equal(
            "GET /api/conversations.list?limit=100&exclude_archived=true",
            "GET /api/conversations.list?limit=100&cursor=at%3A100%3D&exclude_archived=true",
            "GET /api/conversations.list?limit=100&cursor=at%3A200%3D&exclude_archived=true");
    }

    [Fact]
    public async Task ChannelsOfOtherKindsAreListedWhenAskedFor()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);

        JsonElement other = await host.OkAsync("list_channels", """{ "types": ["privateChannel", "im", "mpim", "im"], "limit": 1000, "excludeArchived": false }""");
        JsonElement open = await host.OkAsync("list_channels", """{ "types": ["publicChannel"], "limit": 3, "excludeArchived": false }""");

        other.GetProperty("channels").EnumerateArray().Select(static channel => channel.Text("type")).Should().Equal("privateChannel", "im");
        other.GetProperty("channels")[1].Text("user").Should().Be(SlackStandIn.Member);
        open.GetProperty("channels")[2].GetProperty("isArchived").GetBoolean().Should().BeTrue();
        Slack.Requests[0].Query.Should().Contain("types=private_channel%2Cim%2Cmpim&");
    }

    [Fact]
    public async Task AFileIsUploadedAndSharedAndItsBytesGoWithoutTheToken()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        byte[] bytes = [.. Enumerable.Range(0, 600_000).Select(static number => (byte)(number * 31))];

        JsonElement uploaded = await host.OkAsync("upload_file", $$"""
            {
              "filename": "größe.bin", "content": "{{Convert.ToBase64String(bytes)}}", "channel": "{{SlackStandIn.General}}", "title": "Size",
              "initialComment": "Look", "threadTs": "1503435956.000247", "altText": "A graph"
            }
            """);

        StandInFile file = _workspace.SharedFiles.Should().ContainSingle().Subject;
        uploaded.Text("id").Should().Be(file.Id);
        uploaded.Text("title").Should().Be("Size");
        file.Should().BeEquivalentTo(new { Name = "größe.bin", Title = "Size", Channel = SlackStandIn.General, Comment = "Look", ThreadTs = "1503435956.000247" });
        file.Content.Should().Equal(bytes);
        Slack.Requests.Select(static request => request.Path).Should().Equal("/api/files.getUploadURLExternal", $"/upload/v1/{file.Id}", "/api/files.completeUploadExternal");
        Slack.Requests[0].Fields().Should().BeEquivalentTo(new Dictionary<string, string> { ["filename"] = "größe.bin", ["length"] = "600000", ["alt_txt"] = "A graph" });
        Slack.Requests[1].Headers.Should().NotContainKey("Authorization");
        Slack.Requests[1].Headers["Content-Type"].Should().Be("application/octet-stream");
        JsonElement.Parse(Slack.Requests[2].Fields()["files"])[0].Text("title").Should().Be("Size");
    }

    [Fact]
    public async Task AFileNeedNotBeSharedAndIsNamedByItsFilename()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);

        JsonElement uploaded = await host.OkAsync("upload_file", """{ "filename": "a.txt", "content": "aGVsbG8=" }""");

        uploaded.Text("title").Should().Be("a.txt");
        StandInFile file = _workspace.SharedFiles.Should().ContainSingle().Subject;
        Encoding.UTF8.GetString(file.Content!).Should().Be("hello");
        Slack.Requests[2].Fields().Keys.Should().Equal("files");
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/upload/v1/x")]
    [InlineData("https://files.slack.com.evil.example/upload/v1/x")]
    [InlineData("https://files.slack.com@127.0.0.1/upload/v1/x")]
    [InlineData("http://files.slack.com/upload/v1/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/upload/v1/x")]
    [InlineData("")]
    public async Task AFilesBytesNeverGoAnywhereElse(string uploadUrl)
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        Slack.FailNext(Fault.Status(200, $$"""{"ok":true,"upload_url":"{{uploadUrl}}","file_id":"F1"}"""));

        using HttpResponseMessage response = await host.CallAsync("upload_file", """{ "filename": "a.txt", "content": "aGVsbG8=" }""");

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (await response.ProblemAsync()).Detail.Should().MatchRegex("nothing was sent there|named no address").And.NotContain("/v1/x");
        Slack.Requests.Should().ContainSingle("the upload is given up");
    }

    [Theory]
    [InlineData("https://files.slack.com/upload/v1/ABC", "https://slack.com")]
    [InlineData("https://files.slack.com/upload/v1/ABC?x=y", "http://proxy.local:8080/slack")]
    [InlineData("http://proxy.local:8080/slack/upload/v1/ABC", "http://proxy.local:8080/slack/")]
    public void AFilesBytesGoToSlacksServersOrTheConfigs(string uploadUrl, string baseUrl) =>
        Api.UploadAddress.Of(uploadUrl, new Uri(baseUrl)).AbsoluteUri.Should().Be(uploadUrl);

    [Theory]
    [InlineData("/slack")]
    [InlineData("/slack/")]
    public async Task SlackMayBeBelowAPath(string prefix)
    {
        await using var server = new PrefixedServer(new SlackStandIn(SlackCalls.BotToken));
        await using PluginTestHost host = await SlackCalls.StartAsync(await server.StartAsync() + prefix);

        JsonElement posted = await host.OkAsync("post_message", $$"""{ "channel": "{{SlackStandIn.General}}", "text": "Hello" }""");
        JsonElement uploaded = await host.OkAsync("upload_file", """{ "filename": "a.txt", "content": "aGVsbG8=" }""");

        posted.Text("channel").Should().Be(SlackStandIn.General);
        uploaded.Text("title").Should().Be("a.txt");
    }

    [Theory]
    [InlineData("post_message", """{ "text": "x" }""", "/channel")]
    [InlineData("post_message", """{ "channel": "", "text": "x" }""", "/channel")]
    [InlineData("post_message", """{ "channel": "C1,C2", "text": "x" }""", "/channel")]
    [InlineData("post_message", """{ "channel": "C1" }""", "/text")]
    [InlineData("post_message", """{ "channel": "C1", "text": "", "blocks": [] }""", "/text")]
    [InlineData("post_message", """{ "channel": "C1", "blocks": [1] }""", "/blocks")]
    [InlineData("post_message", """{ "channel": "C1", "blocks": [{ "text": "no type" }] }""", "/blocks")]
    [InlineData("post_message", """{ "channel": "C1", "blocks": {} }""", "/blocks")]
    [InlineData("post_message", """{ "channel": "C1", "text": "x", "threadTs": "yesterday" }""", "/threadTs")]
    [InlineData("post_message", """{ "channel": "C1", "text": "x", "replyBroadcast": true }""", "/replyBroadcast")]
    [InlineData("post_message", """{ "channel": "C1", "text": "x", "iconEmoji": "smile" }""", "/iconEmoji")]
    [InlineData("update_message", """{ "channel": "#general", "ts": "1.000001", "text": "x" }""", "/channel")]
    [InlineData("update_message", """{ "channel": "C01", "text": "x" }""", "/ts")]
    [InlineData("update_message", """{ "channel": "C01", "ts": "1.000001" }""", "/text")]
    [InlineData("post_ephemeral", """{ "channel": "C01", "text": "x" }""", "/user")]
    [InlineData("post_ephemeral", """{ "channel": "C01", "user": "ann", "text": "x" }""", "/user")]
    [InlineData("post_ephemeral", """{ "channel": "C01", "user": "U01" }""", "/text")]
    [InlineData("list_channels", """{ "types": ["public"] }""", "/types/0")]
    [InlineData("list_channels", """{ "types": [] }""", "/types")]
    [InlineData("list_channels", """{ "limit": 1001 }""", "/limit")]
    [InlineData("list_channels", """{ "cursor": "" }""", "/cursor")]
    [InlineData("upload_file", """{ "filename": "a", "content": "%" }""", "/content")]
    [InlineData("upload_file", """{ "filename": "a", "content": "" }""", "/content")]
    [InlineData("upload_file", """{ "filename": "../a", "content": "aGVsbG8=" }""", "/filename")]
    [InlineData("upload_file", """{ "filename": "a", "content": "aGVsbG8=", "channel": "#general" }""", "/channel")]
    [InlineData("upload_file", """{ "filename": "a", "content": "aGVsbG8=", "initialComment": "x" }""", "/initialComment")]
    [InlineData("upload_file", """{ "filename": "a", "content": "aGVsbG8=", "threadTs": "1.000001" }""", "/threadTs")]
    public async Task AMalformedRequestNeverReachesSlack(string operation, string body, string pointer)
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);

        using HttpResponseMessage response = await host.CallAsync(operation, body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.ProblemAsync()).Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
        Slack.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task TooLongATextNeverReachesSlack()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);

        await host.OkAsync("post_message", $$"""{ "channel": "{{SlackStandIn.General}}", "text": "{{new string('x', 40_000)}}" }""");
        using HttpResponseMessage response = await host.CallAsync("post_message", $$"""{ "channel": "{{SlackStandIn.General}}", "text": "{{new string('x', 40_001)}}" }""");

        (await response.ProblemAsync()).Errors.Should().ContainSingle().Which.Pointer.Should().Be("/text");
        _workspace.MessageCount.Should().Be(1);
    }

    [Fact]
    public async Task TheOperationsAreThoseOfTheCatalog()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);

        OperationList list = JsonSerializer.Deserialize(await host.Client.GetStringAsync(new Uri(ContractPaths.Operations, UriKind.Relative)), ContractJsonContext.Default.OperationList)!;

        list.Operations.Select(static operation => operation.Name).Should().Equal(CatalogOperations());
    }

    private static IEnumerable<string> CatalogOperations()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "DotMac.Operator.sln")))
        {
            directory = directory.Parent;
        }

        return File.ReadLines(Path.Combine(directory!.FullName, "config", "catalog", "slack.yaml"))
            .SkipWhile(static line => line.Trim() != "operations:")
            .Select(static line => line.Trim())
            .Where(static line => line.StartsWith("- name: ", StringComparison.Ordinal))
            .Select(static line => line["- name: ".Length..]);
    }
}
