using System.Net;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Mailchimp.Api;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Mailchimp;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.Mailchimp.Tests;

public sealed class MailchimpOperationTests : IAsyncLifetime
{
    private const string Audience = MailchimpStandIn.AudienceId;
    private readonly MailchimpStandIn _account = new(MailchimpCalls.Token);
    private VendorServer? _mailchimp;

    private VendorServer Mailchimp => _mailchimp!;

    public static TheoryData<Fault, HttpStatusCode> Faults => new()
    {
        { Fault.Status(429, """{"title":"Too Many Requests","status":429,"detail":"You have exceeded the limit of 10 simultaneous connections."}""", "60"), HttpStatusCode.TooManyRequests },
        { Fault.Status(401, """{"title":"API Key Invalid","status":401}"""), HttpStatusCode.BadGateway },
        { Fault.Status(403, """{"title":"User Action Not Permitted","status":403}"""), HttpStatusCode.BadGateway },
        { Fault.Status(500, "{}"), HttpStatusCode.BadGateway },
        { Fault.Status(503, "<html>a proxy</html>"), HttpStatusCode.ServiceUnavailable },
        { Fault.Reset, HttpStatusCode.ServiceUnavailable },
        { Fault.ResetInBody, HttpStatusCode.ServiceUnavailable },
        { Fault.MalformedJson, HttpStatusCode.BadGateway },
    };

    public async Task InitializeAsync() => _mailchimp = await VendorServer.StartAsync(_account);

    public async Task DisposeAsync() => await Mailchimp.DisposeAsync();

    [Fact]
    public async Task AMemberIsAddedChangedAndTagged()
    {
        await using PluginTestHost host = await MailchimpCalls.StartAsync(Mailchimp);

        JsonElement added = await host.OkAsync("upsert_member", $$"""{ "audienceId": "{{Audience}}", "email": "Ann@Acme.example", "mergeFields": { "FNAME": "Ann" } }""");
        JsonElement changed = await host.OkAsync("upsert_member", $$"""{ "audienceId": "{{Audience}}", "email": "ann@acme.example", "status": "unsubscribed", "statusIfNew": "subscribed" }""");
        using HttpResponseMessage tagged = await host.CallAsync("update_tags", $$"""{ "audienceId": "{{Audience}}", "email": "ann@acme.example", "add": ["fibre"], "remove": ["dsl"] }""");

        added.GetProperty("status").GetString().Should().Be("pending", "nobody is subscribed unasked");
        changed.GetProperty("id").GetString().Should().Be(added.GetProperty("id").GetString());
        changed.GetProperty("status").GetString().Should().Be("unsubscribed");
        tagged.StatusCode.Should().Be(HttpStatusCode.NoContent);
        _account.Members.Should().ContainSingle().Which.Value["tags"]!.ToJsonString().Should().Be("""[{"name":"fibre","status":"active"},{"name":"dsl","status":"inactive"}]""");
    }

    // The example of Mailchimp's own documentation.
    [Fact]
    public void TheHashIsThatOfTheAddressInLowerCase() => SubscriberHash.Of("Urist.McVankab@freddiesjokes.com").Should().Be("62eeb292278cc15f5817cb78f7790b08");

    [Fact]
    public async Task AudiencesArePaged()
    {
        await using PluginTestHost host = await MailchimpCalls.StartAsync(Mailchimp);

        JsonElement first = await host.OkAsync("list_audiences", "{}");
        JsonElement second = await host.OkAsync("list_audiences", """{ "offset": 1 }""");

        first.GetProperty("audiences")[0].GetProperty("name").GetString().Should().Be("Customers");
        first.GetProperty("total").GetInt64().Should().Be(1);
        second.GetProperty("audiences").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task ACampaignIsMadeWithItsContentScheduledAndSent()
    {
        await using PluginTestHost host = await MailchimpCalls.StartAsync(Mailchimp);

        JsonElement made = await host.OkAsync("create_campaign", $$"""{ "audienceId": "{{Audience}}", "subjectLine": "Fibre is here", "fromName": "Acme", "replyTo": "news@acme.example", "html": "<p>Hello</p>", "segmentId": 7 }""");
        string id = made.GetProperty("id").GetString()!;
        using HttpResponseMessage scheduled = await host.CallAsync("schedule_campaign", $$"""{ "campaignId": "{{id}}", "at": "2030-01-02T09:15:00+02:00" }""");
        using HttpResponseMessage sent = await host.CallAsync("send_campaign", $$"""{ "campaignId": "{{id}}" }""");
        using HttpResponseMessage again = await host.CallAsync("send_campaign", $$"""{ "campaignId": "{{id}}" }""");

        made.GetProperty("status").GetString().Should().Be("save");
        scheduled.StatusCode.Should().Be(HttpStatusCode.NoContent);
        sent.StatusCode.Should().Be(HttpStatusCode.NoContent);
        again.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await again.ProblemAsync()).Detail.Should().Contain("already been sent");
        _account.Campaigns[id]["type"]!.GetValue<string>().Should().Be("regular");
        _account.Campaigns[id]["send_time"]!.GetValue<string>().Should().Be("2030-01-02T07:15:00+00:00");
        _account.Campaigns[id]["content"]!["html"]!.GetValue<string>().Should().Be("<p>Hello</p>");
        _account.Campaigns[id]["recipients"]!["segment_opts"]!["saved_segment_id"]!.GetValue<int>().Should().Be(7);
    }

    [Fact]
    public async Task WhenTheContentIsRefusedTheCallerLearnsOfTheCampaignThatIsThere()
    {
        await using PluginTestHost host = await MailchimpCalls.StartAsync(Mailchimp);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        _account.RefuseContent = true;

        using HttpResponseMessage response = await host.CallAsync(
            "create_campaign", $$"""{ "audienceId": "{{Audience}}", "subjectLine": "s", "fromName": "f", "replyTo": "news@acme.example", "plainText": "Hello" }""");

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        PluginProblem problem = await response.ProblemAsync();
        problem.Detail.Should().Contain(_account.Campaigns.Keys.Single());
        problem.Errors.Should().ContainSingle().Which.Pointer.Should().Be("/plainText");
        _account.Campaigns.Values.Single()["type"]!.GetValue<string>().Should().Be("plaintext");
    }

    [Fact]
    public async Task WhenTheContentMeetsARateLimitTheCallerLearnsWhenToComeBack()
    {
        await using PluginTestHost host = await MailchimpCalls.StartAsync(Mailchimp);
        _account.LimitContent = true;

        using HttpResponseMessage response = await host.CallAsync(
            "create_campaign", $$"""{ "audienceId": "{{Audience}}", "subjectLine": "s", "fromName": "f", "replyTo": "news@acme.example", "html": "Hello" }""");

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await response.ProblemAsync()).Detail.Should().Contain(_account.Campaigns.Keys.Single());
    }

    [Theory]
    [InlineData("upsert_member", """{ "audienceId": "a/../b", "email": "a@b.example" }""", "/audienceId")]
    [InlineData("upsert_member", """{ "audienceId": "a1", "email": "nobody" }""", "/email")]
    [InlineData("upsert_member", """{ "audienceId": "a1", "email": "a@b.example", "statusIfNew": "keen" }""", "/statusIfNew")]
    [InlineData("update_tags", """{ "audienceId": "a1", "email": "a@b.example" }""", "/add")]
    [InlineData("list_audiences", """{ "count": 0 }""", "/count")]
    [InlineData("create_campaign", """{ "audienceId": "a1", "subjectLine": "s", "fromName": "f", "replyTo": "a@b.example", "html": "x", "templateId": 1 }""", "/templateId")]
    [InlineData("create_campaign", """{ "audienceId": "a1", "fromName": "f", "replyTo": "a@b.example" }""", "/subjectLine")]
    [InlineData("schedule_campaign", """{ "campaignId": "c1", "at": "2030-01-02T09:10:00Z" }""", "/at")]
    [InlineData("send_campaign", """{ "campaignId": "c1/actions/x" }""", "/campaignId")]
    public async Task AMalformedRequestNeverReachesMailchimp(string operation, string body, string pointer)
    {
        await using PluginTestHost host = await MailchimpCalls.StartAsync(Mailchimp);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        Mailchimp.Forget();

        using HttpResponseMessage response = await host.CallAsync(operation, body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.ProblemAsync()).Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
        Mailchimp.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{ "audienceId": "a1b2c3d4e5", "email": "ann@example.com" }""", "/email")]
    [InlineData("""{ "audienceId": "a1b2c3d4e5", "email": "ann@acme.example", "mergeFields": { "FNAME": 7 } }""", "/mergeFields/FNAME")]
    public async Task AFieldThatMailchimpRefusesIsNamed(string body, string pointer)
    {
        await using PluginTestHost host = await MailchimpCalls.StartAsync(Mailchimp);

        using HttpResponseMessage response = await host.CallAsync("upsert_member", body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.ProblemAsync()).Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
    }

    [Theory]
    [InlineData("upsert_member", """{ "audienceId": "none", "email": "ann@acme.example" }""")]
    [InlineData("update_tags", """{ "audienceId": "a1b2c3d4e5", "email": "nobody@acme.example", "add": ["x"] }""")]
    [InlineData("send_campaign", """{ "campaignId": "none" }""")]
    public async Task WhatIsNotThereIsNotFound(string operation, string body)
    {
        await using PluginTestHost host = await MailchimpCalls.StartAsync(Mailchimp);

        using HttpResponseMessage response = await host.CallAsync(operation, body);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task TroubleIsToldAndNoCampaignIsMadeTwice(Fault fault, HttpStatusCode expected)
    {
        await using PluginTestHost host = await MailchimpCalls.StartAsync(Mailchimp);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        Mailchimp.FailNext(fault);
        string campaign = $$"""{ "audienceId": "{{Audience}}", "subjectLine": "s", "fromName": "f", "replyTo": "news@acme.example" }""";

        using HttpResponseMessage response = await host.CallAsync("create_campaign", campaign);

        response.StatusCode.Should().Be(expected, await response.Content.ReadAsStringAsync());
        _account.Campaigns.Should().BeEmpty();
        await host.OkAsync("create_campaign", campaign);
        _account.Campaigns.Should().ContainSingle();
    }

    [Fact]
    public async Task APutIsTriedAgain()
    {
        await using PluginTestHost host = await MailchimpCalls.StartAsync(Mailchimp);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        Mailchimp.FailNext(Fault.Status(500), Fault.Reset);

        await host.OkAsync("upsert_member", $$"""{ "audienceId": "{{Audience}}", "email": "ann@acme.example" }""");

        _account.Members.Should().ContainSingle();
    }

    [Fact]
    public async Task SilenceEndsAtTheCallersDeadline()
    {
        await using PluginTestHost host = await MailchimpCalls.StartAsync(Mailchimp);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        Mailchimp.FailNext(Fault.StalledBody);

        using HttpResponseMessage response = await host.CallAsync("ping", "", (ContractHeaders.TimeoutMilliseconds, "200"));
        JsonElement after = await host.OkAsync("ping", "");

        response.StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
        after.GetProperty("healthStatus").GetString().Should().Contain("Chimpy");
    }

    [Fact]
    public async Task WrongCredentialsShowInTheHealthAndThePluginStaysReady()
    {
        await using PluginTestHost host = await MailchimpCalls.StartAsync(Mailchimp, "wr0ng-key-of-somebody-us6");

        string status = await host.WaitForCredentialsAsync(HealthState.Unhealthy);

        status.Should().Contain("API Key Invalid").And.Contain("Check apiKey").And.NotContain("wr0ng-key-of-somebody");
        await host.WaitUntilReadyAsync();
        host.Log.Should().NotContain("wr0ng-key-of-somebody");
    }

    [Theory]
    [InlineData("0123456789abcdef")]
    [InlineData("0123456789abcdef-us6.evil.example/")]
    [InlineData("0123456789abcdef-us6\\n")]
    public async Task AKeyWithoutItsDataCentreIsRefusedWithTheWayOut(string key)
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new MailchimpPlugin(), new() { Config = $$"""{ "apiKey": "{{key}}" }""" });

        await host.WaitForAsync(ContractPaths.Readyz, static response => response.StatusCode == HttpStatusCode.ServiceUnavailable
            && response.Content.ReadAsStringAsync().GetAwaiter().GetResult().Contains("such as -us6", StringComparison.Ordinal));
    }

    [Fact]
    public void WithoutAnAddressRequestsGoToTheKeysDataCentre() =>
        new MailchimpConfig { ApiKey = "0123456789abcdef-us21" }.Root.Should().Be("https://us21.api.mailchimp.com");

    [Theory]
    [InlineData("settings.reply_to", "/replyTo")]
    [InlineData("merge_fields.LNAME", "/mergeFields/LNAME")]
    [InlineData("ADDRESS", "/mergeFields/ADDRESS")]
    [InlineData("something_else", "")]
    [InlineData(null, "")]
    public void AFieldOfMailchimpsIsTheCallersMember(string? field, string pointer) => MailchimpErrors.Pointer(field).Should().Be(pointer);
}
