using System.Net;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;
using DotMac.StandIns.Vendors.Slack;

namespace DotMac.Plugins.Slack.Tests;

public sealed class SlackRefusalTests : IAsyncLifetime
{
    private const string Post = """{ "channel": "C0000000001", "text": "x" }""";
    private readonly SlackStandIn _workspace = new(SlackCalls.BotToken);
    private VendorServer? _slack;

    private VendorServer Slack => _slack!;

    public async Task InitializeAsync() => _slack = await VendorServer.StartAsync(_workspace);

    public async Task DisposeAsync() => await Slack.DisposeAsync();

    [Theory]
    [InlineData("post_message", """{ "channel": "C0000009999", "text": "x" }""", "/channel", "channel_not_found")]
    [InlineData("post_message", """{ "channel": "C0000000002", "text": "x" }""", "/channel", "not_in_channel")]
    [InlineData("post_message", """{ "channel": "C0000000003", "text": "x" }""", "/channel", "is_archived")]
    [InlineData("post_message", """{ "channel": "C0000000001", "text": "x", "threadTs": "1.000001" }""", "/threadTs", "thread_not_found")]
    [InlineData("post_message", """{ "channel": "C0000000001", "blocks": [{ "type": "divider" }, { "type": "nope" }] }""", "/blocks/1/type", "unsupported type: nope (invalid_blocks)")]
    [InlineData("post_ephemeral", """{ "channel": "C0000000001", "user": "U0000000002", "text": "x" }""", "/user", "user_not_in_channel")]
    [InlineData("post_ephemeral", """{ "channel": "C0000000001", "user": "U0000000003", "text": "x" }""", "/user", "user_not_found")]
    [InlineData("list_channels", """{ "cursor": "made-up" }""", "/cursor", "invalid_cursor")]
    [InlineData("upload_file", """{ "filename": "a.exe", "content": "aGVsbG8=" }""", "/filename", "blocked_file_type")]
    [InlineData("upload_file", """{ "filename": "a.txt", "content": "aGVsbG8=", "channel": "C0000000002" }""", "/channel", "not_in_channel")]
    public async Task AFieldThatSlackRefusesIsNamedWithTheWayOut(string operation, string body, string pointer, string reason)
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);

        using HttpResponseMessage response = await host.CallAsync(operation, body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, await response.Content.ReadAsStringAsync());
        FieldProblem problem = (await response.ProblemAsync()).Errors.Should().ContainSingle().Subject;
        problem.Pointer.Should().Be(pointer);
        problem.Message.Should().Contain(reason);
        _workspace.MessageCount.Should().Be(0);
        _workspace.SharedFiles.Should().BeEmpty();
    }

    [Theory]
    [InlineData("post_message", "msg_too_long", "/text")]
    [InlineData("post_message", "no_text", "/text")]
    [InlineData("post_message", "invalid_blocks", "/blocks")]
    [InlineData("post_message", "invalid_blocks_format", "/blocks")]
    [InlineData("post_message", "msg_blocks_too_long", "/blocks")]
    [InlineData("post_message", "restricted_action", "/channel")]
    [InlineData("post_message", "restricted_action_read_only_channel", "/channel")]
    [InlineData("post_message", "restricted_action_thread_only_channel", "/channel")]
    [InlineData("post_message", "restricted_action_non_threadable_channel", "/threadTs")]
    [InlineData("post_message", "restricted_action_thread_locked", "/threadTs")]
    [InlineData("post_message", "cannot_reply_to_message", "/threadTs")]
    [InlineData("post_message", "messages_tab_disabled", "/channel")]
    [InlineData("update_message", "cant_update_message", "/ts")]
    [InlineData("update_message", "edit_window_closed", "/ts")]
    [InlineData("list_channels", "invalid_types", "/types")]
    [InlineData("list_channels", "invalid_limit", "/limit")]
    [InlineData("upload_file", "file_upload_size_restricted", "/content")]
    [InlineData("upload_file", "alt_txt_too_large", "/altText")]
    public async Task OtherRefusalsOfFieldsAreNamedToo(string operation, string code, string pointer)
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        Slack.FailNext(Refusal(code));

        using HttpResponseMessage response = await host.CallAsync(operation, Sound(operation));

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        FieldProblem problem = (await response.ProblemAsync()).Errors.Should().ContainSingle().Subject;
        problem.Pointer.Should().Be(pointer);
        problem.Message.Should().Contain($"({code})");
    }

    [Fact]
    public async Task ARefusedFieldThatTheCallerDidNotNameIsNotTheCallers()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        Slack.FailNext(Refusal("user_not_found"));

        using HttpResponseMessage response = await host.CallAsync("post_message", Post);

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (await response.ProblemAsync()).VendorCode.Should().Be("user_not_found");
    }

    [Fact]
    public async Task WhatSlackSaysOfArgumentsIsPassedOn()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        Slack.FailNext(
            Fault.Status(200, """{"ok":false,"error":"invalid_arguments","response_metadata":{"messages":["[ERROR] missing required field: channel"]}}"""),
            Fault.Status(200, """{"ok":false,"error":"invalid_arguments","response_metadata":{"messages":["[ERROR] must be a string [json-pointer:/thread_ts]", "[ERROR] is unknown [json-pointer:/other]"]}}"""),
            Fault.Status(200, """{"ok":false,"error":"something_new","response_metadata":{"messages":["Of today."]}}"""));

        using HttpResponseMessage whole = await host.CallAsync("post_message", Post);
        using HttpResponseMessage field = await host.CallAsync("post_message", Post);
        using HttpResponseMessage unknown = await host.CallAsync("post_message", Post);

        whole.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await whole.ProblemAsync()).Detail.Should().Contain("missing required field: channel").And.Contain("invalid_arguments");
        FieldProblem problem = (await field.ProblemAsync()).Errors.Should().ContainSingle().Subject;
        problem.Pointer.Should().Be("/threadTs");
        problem.Message.Should().Be("must be a string (invalid_arguments)");
        unknown.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (await unknown.ProblemAsync()).Detail.Should().Contain("something_new").And.Contain("Of today.");
    }

    [Theory]
    [InlineData("invalid_auth")]
    [InlineData("not_authed")]
    [InlineData("token_revoked")]
    [InlineData("token_expired")]
    [InlineData("account_inactive")]
    [InlineData("not_allowed_token_type")]
    [InlineData("ekm_access_denied")]
    public async Task RefusedCredentialsAreTheOwnersToMend(string code)
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        Slack.FailNext(Refusal(code));

        using HttpResponseMessage response = await host.CallAsync("post_message", Post);

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        PluginProblem problem = await response.ProblemAsync();
        problem.VendorCode.Should().Be(code);
        problem.Detail.Should().Contain("botToken");
    }

    [Fact]
    public async Task AMissingScopeIsNamed()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        Slack.FailNext(Fault.Status(200, """{"ok":false,"error":"missing_scope","needed":"files:write","provided":"chat:write"}"""));

        using HttpResponseMessage response = await host.CallAsync("upload_file", Sound("upload_file"));

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        PluginProblem problem = await response.ProblemAsync();
        problem.VendorCode.Should().Be("missing_scope");
        problem.Detail.Should().Contain("files:write");
    }

    [Fact]
    public async Task AMessageThatIsNotThereIsNotFound()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);

        using HttpResponseMessage response = await host.CallAsync("update_message", Sound("update_message"));

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.ProblemAsync()).Type.Should().Be(ProblemTypes.NotFound);
    }

    [Theory]
    [InlineData("ratelimited", HttpStatusCode.TooManyRequests)]
    [InlineData("rate_limited", HttpStatusCode.TooManyRequests)]
    [InlineData("service_unavailable", HttpStatusCode.ServiceUnavailable)]
    [InlineData("team_added_to_org", HttpStatusCode.ServiceUnavailable)]
    [InlineData("internal_error", HttpStatusCode.BadGateway)]
    [InlineData("fatal_error", HttpStatusCode.BadGateway)]
    public async Task TroubleThatComesWithStatus200IsTroubleAllTheSame(string code, HttpStatusCode expected)
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        Slack.FailNext(Fault.Status(200, $$"""{"ok":false,"error":"{{code}}"}""", "30"));

        using HttpResponseMessage response = await host.CallAsync("post_message", Post);

        response.StatusCode.Should().Be(expected);
        (response.Headers.RetryAfter?.Delta).Should().Be(expected == HttpStatusCode.BadGateway ? null : TimeSpan.FromSeconds(30));
        Slack.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("""{"ok":true}""")]
    [InlineData("""{"ok":false}""")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html>a proxy</html>")]
    public async Task AnAnswerThatIsNotSlacksIsABadGateway(string body)
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        foreach (string operation in new[] { "post_message", "update_message", "post_ephemeral", "upload_file" })
        {
            Slack.FailNext(Fault.Status(200, body));

            using HttpResponseMessage response = await host.CallAsync(operation, Sound(operation));

            response.StatusCode.Should().Be(HttpStatusCode.BadGateway, operation);
        }
    }

    private static Fault Refusal(string code) => Fault.Status(200, $$"""{"ok":false,"error":"{{code}}"}""");

    private static string Sound(string operation) => operation switch
    {
        "update_message" => """{ "channel": "C0000000001", "ts": "1503435956.000247", "text": "x" }""",
        "post_ephemeral" => """{ "channel": "C0000000001", "user": "U0000000001", "text": "x" }""",
        "list_channels" => "{}",
        "upload_file" => """{ "filename": "a.txt", "content": "aGVsbG8=" }""",
        _ => Post,
    };
}
