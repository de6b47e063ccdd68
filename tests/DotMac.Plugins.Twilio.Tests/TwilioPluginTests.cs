using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Operations;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Twilio;

namespace DotMac.Plugins.Twilio.Tests;

public sealed partial class TwilioPluginTests : TwilioTestBase
{
    [Fact]
    public async Task AnSmsIsSentAndLookedUp()
    {
        await using PluginTestHost host = await StartAsync();

        JsonElement sent = await OkAsync(await SendAsync(host, Receiver, "grüße & more"));
        sent.GetProperty("sid").GetString().Should().MatchRegex("^SM[0-9a-f]{32}$");
        sent.GetProperty("status").GetString().Should().Be("queued");
        sent.GetProperty("from").GetString().Should().Be("+15005550006");
        sent.GetProperty("segments").GetInt32().Should().Be(1);
        sent.GetProperty("createdAt").GetDateTimeOffset().Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));

        JsonElement found = await OkAsync(await CallAsync(host, "get_message", $$"""{ "sid": "{{sent.GetProperty("sid").GetString()}}" }"""));
        found.GetProperty("status").GetString().Should().Be("delivered");
        found.TryGetProperty("sentAt", out _).Should().BeTrue();

        ReceivedRequest request = Twilio.Requests.Single(received => received.Method == "POST");
        request.Path.Should().Be($"/2010-04-01/Accounts/{TwilioStandIn.DefaultAccountSid}/Messages.json");
        request.Form.Should().Equal(new Dictionary<string, string> { ["To"] = Receiver, ["Body"] = "grüße & more", ["From"] = "+15005550006" });
    }

    [Fact]
    public async Task ACallMayNameItsSenderAndAServicePicksOne()
    {
        const string Service = "MG00000000000000000000000000000001";
        await using PluginTestHost host = await StartAsync($"\"messagingServiceSid\": \"{Service}\"");

        JsonElement byService = await OkAsync(await SendAsync(host, Receiver, "one"));
        byService.GetProperty("status").GetString().Should().Be("accepted");
        byService.TryGetProperty("from", out _).Should().BeFalse();
        await OkAsync(await CallAsync(host, "send_sms", $$"""{ "to": "{{Receiver}}", "body": "two", "from": "DOTMAC" }"""));

        ReceivedRequest[] posts = [.. Twilio.Requests.Where(received => received.Method == "POST")];
        posts[0].Form["MessagingServiceSid"].Should().Be(Service);
        posts[0].Form.Should().NotContainKey("From");
        posts[1].Form["From"].Should().Be("DOTMAC");
    }

    [Fact]
    public async Task WhatACallNamesAsItsSenderCountsAlone()
    {
        const string Configured = "MG00000000000000000000000000000001";
        const string Named = "MG00000000000000000000000000000002";
        await using PluginTestHost host = await StartAsync($"\"messagingServiceSid\": \"{Configured}\"");

        await OkAsync(await CallAsync(host, "send_sms", $$"""{ "to": "{{Receiver}}", "body": "x", "messagingServiceSid": "{{Named}}" }"""));
        await OkAsync(await CallAsync(host, "send_sms", $$"""{ "to": "{{Receiver}}", "body": "x", "messagingServiceSid": "{{Named}}", "from": "+15005550006" }"""));
        await OkAsync(await CallAsync(host, "send_sms", $$"""{ "to": "{{Receiver}}", "body": "x", "from": "+15005550006" }"""));

        Posts().Select(static post => (post.Form.GetValueOrDefault("MessagingServiceSid"), post.Form.GetValueOrDefault("From")))
            .Should().Equal((Named, null), (Named, "+15005550006"), (null, "+15005550006"));
    }

    [Fact]
    public async Task MediaNeedNoText()
    {
        await using PluginTestHost host = await StartAsync();

        JsonElement sent = await OkAsync(await CallAsync(
            host, "send_sms", $$"""{ "to": "{{Receiver}}", "mediaUrls": ["https://cdn.example.com/a.png", "https://cdn.example.com/b.png?x=1"] }"""));

        sent.GetProperty("sid").GetString().Should().StartWith("MM");
        ReceivedRequest post = Posts().Single();
        post.Form["MediaUrl"].Should().Be("https://cdn.example.com/a.png,https://cdn.example.com/b.png?x=1");
        post.Form.Should().NotContainKey("Body");
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("https://hooks.acme.example/v1/webhooks/", null, "https://hooks.acme.example/v1/webhooks/status")]
    [InlineData("https://hooks.acme.example/v1/webhooks/", "https://isp.example/sms?x=1", "https://isp.example/sms?x=1")]
    [InlineData(null, "https://isp.example/sms", "https://isp.example/sms")]
    public async Task TwilioReportsToThePluginUnlessTheCallSaysOtherwise(string? publicUrl, string? named, string? expected)
    {
        await using PluginTestHost host = await StartAsync(publicUrl: publicUrl is null ? null : new Uri(publicUrl));

        await OkAsync(await CallAsync(host, "send_sms", JsonSerializer.Serialize(
            named is null ? new Dictionary<string, string> { ["to"] = Receiver, ["body"] = "x" }
                : new Dictionary<string, string> { ["to"] = Receiver, ["body"] = "x", ["statusCallback"] = named })));

        Posts().Single().Form.GetValueOrDefault("StatusCallback").Should().Be(expected);
    }

    [Theory]
    [InlineData("\"statusCallback\": \"http://localhost/sms\"", "/statusCallback", "21609")]
    [InlineData("\"mediaUrls\": [\"http://localhost/a.png\"]", "/mediaUrls", "21620")]
    [InlineData("\"messagingServiceSid\": \"MG00000000000000000000000000000000\"", "/messagingServiceSid", "21701")]
    public async Task ARefusalOfWhatTheCallNamedIsTheCallersError(string field, string pointer, string code)
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await CallAsync(host, "send_sms", $$"""{ "to": "{{Receiver}}", "body": "x", {{field}} }""");

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        FieldProblem problem = (await ProblemAsync(response)).Errors.Should().ContainSingle().Subject;
        problem.Pointer.Should().Be(pointer);
        problem.Message.Should().Contain(code);
    }

    [Fact]
    public async Task APublicAddressThatTwilioRefusesIsNotTheCallersError()
    {
        await using PluginTestHost host = await StartAsync(publicUrl: new Uri("http://localhost/v1/webhooks/"));

        using HttpResponseMessage response = await SendAsync(host, Receiver, "x");

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (await ProblemAsync(response)).VendorCode.Should().Be("21609");
    }

    [Theory]
    [InlineData("+15005550001", "/to", "21211")]
    [InlineData("+15005550004", "/to", "21610")]
    [InlineData("+15005550009", "/to", "21614")]
    public async Task ARefusalOfAFieldIsTheCallersError(string to, string pointer, string code)
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await SendAsync(host, to, "x");

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        PluginProblem problem = await ProblemAsync(response);
        problem.Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
        problem.Errors![0].Message.Should().Contain(code);
    }

    [Fact]
    public async Task ABadSenderIsTheCallersErrorOnlyIfTheCallerNamedIt()
    {
        await using PluginTestHost host = await StartAsync("\"phoneNumber\": \"+15005550007\"");

        using HttpResponseMessage configured = await SendAsync(host, Receiver, "x");
        using HttpResponseMessage named = await CallAsync(host, "send_sms", $$"""{ "to": "{{Receiver}}", "body": "x", "from": "+15005550001" }""");

        configured.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (await ProblemAsync(configured)).VendorCode.Should().Be("21606");
        named.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ProblemAsync(named)).Errors.Should().ContainSingle().Which.Pointer.Should().Be("/from");
    }

    [Theory]
    [InlineData("""{ "to": "5005550010", "body": "x" }""", "/to")]
    [InlineData("""{ "to": "+15005550010" }""", "/body")]
    [InlineData("""{ "body": "x" }""", "/to")]
    [InlineData("""{ "to": "+15005550010", "mediaUrls": [] }""", "/body")]
    [InlineData("""{ "to": "+15005550010", "mediaUrls": ["ftp://cdn.example.com/a.png"] }""", "/mediaUrls")]
    [InlineData("""{ "to": "+15005550010", "mediaUrls": ["/a.png"] }""", "/mediaUrls")]
    [InlineData("""{ "to": "+15005550010", "mediaUrls": ["http://a/1","http://a/2","http://a/3","http://a/4","http://a/5","http://a/6","http://a/7","http://a/8","http://a/9","http://a/10","http://a/11"] }""", "/mediaUrls")]
    [InlineData("""{ "to": "+15005550010", "body": "x", "messagingServiceSid": "nope" }""", "/messagingServiceSid")]
    [InlineData("""{ "to": "+15005550010", "body": "x", "statusCallback": "hooks" }""", "/statusCallback")]
    public async Task AMalformedRequestNeverReachesTwilio(string body, string pointer)
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await CallAsync(host, "send_sms", body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ProblemAsync(response)).Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
        Twilio.Requests.Should().NotContain(received => received.Method == "POST");
    }

    [Theory]
    [InlineData(429, "20429", 60, HttpStatusCode.TooManyRequests)]
    [InlineData(503, "20503", 7, HttpStatusCode.ServiceUnavailable)]
    [InlineData(500, "20500", null, HttpStatusCode.BadGateway)]
    public async Task TwilioTroubleIsPassedOnAndNothingIsSentTwice(int status, string code, int? retryAfter, HttpStatusCode expected)
    {
        await using PluginTestHost host = await StartAsync();
        await WaitForCheckAsync(host, HealthState.Healthy);
        Twilio.AnswerNext(new PreparedAnswer(status, $$"""{"code":{{code}},"message":"trouble","status":{{status}}}""", retryAfter?.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        using HttpResponseMessage response = await SendAsync(host, Receiver, "once");

        response.StatusCode.Should().Be(expected);
        (response.Headers.RetryAfter?.Delta?.TotalSeconds).Should().Be(retryAfter);
        (await ProblemAsync(response)).Detail.Should().Contain("trouble");
        Twilio.Requests.Count(received => received.Method == "POST").Should().Be(1);
    }

    [Fact]
    public async Task AShortRateLimitIsWaitedFor()
    {
        await using PluginTestHost host = await StartAsync();
        await WaitForCheckAsync(host, HealthState.Healthy);
        Twilio.AnswerNext(new PreparedAnswer(429, """{"code":20429,"message":"slow"}""", "0"));

        await OkAsync(await SendAsync(host, Receiver, "twice"));

        Twilio.Requests.Count(received => received.Method == "POST").Should().Be(2);
    }

    [Fact]
    public async Task WhatIsNotTwiliosJsonIsABadGateway()
    {
        await using PluginTestHost host = await StartAsync();
        await WaitForCheckAsync(host, HealthState.Healthy);
        foreach (PreparedAnswer answer in new PreparedAnswer[] { new(200, "<html>"), new(418, "<html>"), new(201, "null") })
        {
            Twilio.AnswerNext(answer);
            (await SendAsync(host, Receiver, "x")).StatusCode.Should().Be(HttpStatusCode.BadGateway);
        }
    }

    [Fact]
    public async Task AnUnknownMessageIsNotFound()
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await CallAsync(host, "get_message", """{ "sid": "SM00000000000000000000000000000000" }""");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task GoodCredentialsAreHealthy()
    {
        await using PluginTestHost host = await StartAsync();

        await WaitForCheckAsync(host, HealthState.Healthy);
    }

    [Fact]
    public async Task BadCredentialsAreUnhealthyWithTwiliosReasonAndAReadyPlugin()
    {
        const string Wrong = "wr0ng-token";
        await using PluginTestHost host = await StartAsync(token: Wrong);

        await WaitForCheckAsync(host, HealthState.Unhealthy);
        using HttpResponseMessage response = await SendAsync(host, Receiver, "x");

        PluginStatusReport status = await StatusAsync(host);
        status.State.Should().Be(PluginState.Active);
        status.Checks.Single(check => check.Name == "credentials").Message.Should().Contain("Authenticate").And.Contain("20003");
        await host.WaitUntilReadyAsync();
        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (await ProblemAsync(response)).VendorCode.Should().Be("20003");
        (host.Log + await response.Content.ReadAsStringAsync() + JsonSerializer.Serialize(status)).Should().NotContain(Wrong);
    }

    [Fact]
    public async Task ARotatedTokenIsInForceWithoutARestart()
    {
        await using PluginTestHost host = await StartAsync(token: "0ld-token");
        await WaitForCheckAsync(host, HealthState.Unhealthy);

        host.WriteVaultSecret("twilio", new Dictionary<string, string> { ["auth_token"] = Token });

        await WaitForCheckAsync(host, HealthState.Healthy);
        await OkAsync(await SendAsync(host, Receiver, "x"));
    }

    [Fact]
    public async Task AnUnreachableTwilioIsDegradedAndThePluginReady()
    {
        int closed = ClosedPort();
        await using PluginTestHost host = await StartAsync(baseUrl: $"http://127.0.0.1:{closed}");

        await WaitForCheckAsync(host, HealthState.Degraded);
        await host.WaitUntilReadyAsync();
        using HttpResponseMessage response = await SendAsync(host, Receiver, "x");

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await ProblemAsync(response)).Type.Should().Be(ProblemTypes.VendorUnavailable);
    }

    [Fact]
    public async Task ASuspendedAccountIsUnhealthy()
    {
        Twilio.AnswerNext(new PreparedAnswer(200, """{"sid":"AC","status":"suspended","auth_token":"x"}"""));
        await using PluginTestHost host = await StartAsync();

        await WaitForCheckAsync(host, HealthState.Unhealthy);
    }

    [Theory]
    [InlineData("""{ "accountSid": "AC00000000000000000000000000000000", "authToken": "x" }""", "/phoneNumber")]
    [InlineData("""{ "accountSid": "nope", "authToken": "x", "phoneNumber": "+15005550006" }""", "/accountSid")]
    [InlineData("""{ "accountSid": "AC00000000000000000000000000000000", "authToken": "x", "phoneNumber": "5005550006" }""", "/phoneNumber")]
    [InlineData("""{ "accountSid": "AC00000000000000000000000000000000", "authToken": "x", "phoneNumber": "+15005550006", "baseUrl": "ftp://x" }""", "/baseUrl")]
    [InlineData("""{ "accountSid": "AC00000000000000000000000000000000", "authToken": "", "phoneNumber": "+15005550006" }""", "/authToken")]
    public async Task AnUnusableConfigIsToldByPointer(string config, string pointer)
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new TwilioPlugin(), new() { Config = config });

        await host.WaitForAsync(ContractPaths.Readyz, response => response.Content.ReadFromJsonAsync(ContractJsonContext.Default.PluginProblem)
            .GetAwaiter().GetResult()?.Errors?.Any(error => error.Pointer == pointer) ?? false);
    }

    [Fact]
    public async Task TheOperationsAreDescribed()
    {
        await using PluginTestHost host = await StartAsync();

        OperationList list = (await host.Client.GetFromJsonAsync(ContractPaths.Operations, ContractJsonContext.Default.OperationList))!;

        list.Operations.Select(operation => operation.Name).Should().Equal("get_message", "list_messages", "send_sms");
        list.Operations[2].RequestSchema!.Value.GetProperty("required").EnumerateArray().Select(name => name.GetString()).Should().Equal("to");
        list.Webhooks.Select(webhook => webhook.Name).Should().Equal("status");
    }

    [Fact]
    public async Task TheCatalogListsWhatThePluginOffers()
    {
        await using PluginTestHost host = await StartAsync();

        OperationList list = (await host.Client.GetFromJsonAsync(ContractPaths.Operations, ContractJsonContext.Default.OperationList))!;

        string catalog = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "config", "catalog", "twilio.yaml"));
        CatalogOperation().Matches(catalog).Select(static match => match.Groups[1].Value).Should().BeEquivalentTo(list.Operations.Select(static operation => operation.Name));
    }

    [GeneratedRegex(@"^ +- name: ([a-z_]+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex CatalogOperation();

    private static async Task<PluginStatusReport> StatusAsync(PluginTestHost host) =>
        (await host.Client.GetFromJsonAsync(ContractPaths.Status, ContractJsonContext.Default.PluginStatusReport))!;

    private static Task WaitForCheckAsync(PluginTestHost host, HealthState state) =>
        host.WaitForAsync(ContractPaths.Status, response => response.Content.ReadFromJsonAsync(ContractJsonContext.Default.PluginStatusReport)
            .GetAwaiter().GetResult()!.Checks.Any(check => check.Name == "credentials" && check.State == state));

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private ReceivedRequest[] Posts() => [.. Twilio.Requests.Where(static received => received.Method == "POST")];
}
