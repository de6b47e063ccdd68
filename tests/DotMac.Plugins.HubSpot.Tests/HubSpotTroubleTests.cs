using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Operations;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.HubSpot;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.HubSpot.Tests;

/// <summary>What callers get when HubSpot refuses or fails.</summary>
public sealed class HubSpotTroubleTests : IAsyncLifetime
{
    private const string Create = """{ "objectType": "contacts", "properties": { "email": "once@acme.example" } }""";
    private const string Search = """{ "objectType": "contacts" }""";
    private readonly HubSpotStandIn _account = new(HubSpotCalls.Token);
    private VendorServer? _hubSpot;

    private VendorServer HubSpot => _hubSpot!;

    public static TheoryData<Fault, HttpStatusCode, string?, int?, string> Refusals => new()
    {
        { Fault.Status(429, Error("RATE_LIMITS", "You have reached your daily limit.", "\"policyName\":\"DAILY\""), "60"), HttpStatusCode.TooManyRequests, "DAILY", 60, "DAILY" },
        { Fault.Status(429, """{"status":"error","message":"Slow down.","errorType":"RATE_LIMIT"}""", "60"), HttpStatusCode.TooManyRequests, "RATE_LIMIT", 60, "Slow down" },
        { Fault.Status(401, Error("EXPIRED_AUTHENTICATION", "The token expired.")), HttpStatusCode.BadGateway, "EXPIRED_AUTHENTICATION", null, "Check accessToken" },
        {
            Fault.Status(403, Error("MISSING_SCOPES", "Not granted.", "\"errors\":[{\"message\":\"One is required.\",\"context\":{\"requiredGranularScopes\":[\"crm.objects.contacts.write\"]}}]")),
            HttpStatusCode.BadGateway, "MISSING_SCOPES", null, "crm.objects.contacts.write"
        },
        { Fault.Status(423, Error("LOCKED", "The object is locked.")), HttpStatusCode.ServiceUnavailable, null, 2, "locked" },
        { Fault.Status(477, Error("MIGRATION_IN_PROGRESS", "Migrating."), "3600"), HttpStatusCode.ServiceUnavailable, null, 3600, "moving the account" },
        { Fault.Status(500, Error("INTERNAL_ERROR", "internal error")), HttpStatusCode.BadGateway, "INTERNAL_ERROR", null, "internal error" },
        { Fault.Status(502, "<html>"), HttpStatusCode.ServiceUnavailable, null, null, "overloaded" },
        { Fault.Status(503, Error("SERVICE_UNAVAILABLE", "Down."), "7"), HttpStatusCode.ServiceUnavailable, null, 7, "Down" },
        { Fault.Status(504), HttpStatusCode.ServiceUnavailable, null, null, "overloaded" },
        { Fault.Status(409, "<html>a proxy</html>"), HttpStatusCode.BadGateway, null, null, "409" },
        { Fault.Status(404, "<html>a proxy</html>"), HttpStatusCode.BadGateway, null, null, "404" },
        { Fault.Status(302), HttpStatusCode.BadGateway, null, null, "302" },
        { Fault.Status(400, "<html>"), HttpStatusCode.UnprocessableEntity, null, null, "without a reason" },
        { Fault.Status(400, """{"status":1,"message":["x"],"errors":"none","context":[],"category":null}"""), HttpStatusCode.UnprocessableEntity, null, null, "without a reason" },
        { Fault.MalformedJson, HttpStatusCode.BadGateway, null, null, "could not be understood" },
        { Fault.Status(201, "{}"), HttpStatusCode.BadGateway, null, null, "without an id" },
        { Fault.Status(201, "null"), HttpStatusCode.BadGateway, null, null, "could not be understood" },
        { Fault.Reset, HttpStatusCode.ServiceUnavailable, null, null, "cannot be reached" },
        { Fault.ResetInBody, HttpStatusCode.ServiceUnavailable, null, null, "cannot be reached" },
    };

    public static TheoryData<Fault> Passing => [Fault.Status(500), Fault.Status(502), Fault.Status(503), Fault.Status(429), Fault.Reset, Fault.ResetInBody];

    public static TheoryData<Fault> Unclear => [Fault.Status(500), Fault.Status(503), Fault.Reset, Fault.ResetInBody];

    public async Task InitializeAsync() => _hubSpot = await VendorServer.StartAsync(_account);

    public async Task DisposeAsync() => await HubSpot.DisposeAsync();

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task EveryTroubleHasItsAnswerIsAskedOnceAndPasses(Fault fault, HttpStatusCode expected, string? code, int? retryAfter, string said)
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);
        HubSpot.FailNext(fault);

        using HttpResponseMessage response = await host.CallAsync("create_object", Create);

        response.StatusCode.Should().Be(expected, await response.Content.ReadAsStringAsync());
        PluginProblem problem = await response.ProblemAsync();
        problem.VendorCode.Should().Be(code);
        problem.Detail.Should().Contain(said);
        (response.Headers.RetryAfter?.Delta?.TotalSeconds).Should().Be(retryAfter);
        HubSpot.Requests.Should().ContainSingle("what may have been done is not done again");
        (await host.OkAsync("create_object", Create)).Text("properties", "email").Should().Be("once@acme.example");
    }

    [Theory]
    [InlineData("SECONDLY", 1)]
    [InlineData("TEN_SECONDLY_ROLLING", 10)]
    [InlineData("DAILY", null)]
    public async Task WithoutARetryAfterTheNameOfTheLimitSaysHowLong(string policy, int? seconds)
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);
        HubSpot.Outage = Fault.Status(429, Error("RATE_LIMITS", "You have reached a limit.", $"\"policyName\":\"{policy}\""));

        using HttpResponseMessage response = await host.CallAsync("create_object", Create);

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (response.Headers.RetryAfter?.Delta?.TotalSeconds).Should().Be(seconds);
        (await response.ProblemAsync()).VendorCode.Should().Be(policy);
    }

    [Fact]
    public async Task AShortRateLimitIsWaitedForAndOneContactMade()
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);
        HubSpot.FailNext(Fault.Status(429, Error("RATE_LIMITS", "Slow down."), "0"));

        await host.OkAsync("create_object", Create);

        HubSpot.Requests.Should().HaveCount(2);
        _account.Count("contacts").Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task WhatOnlyReadsRidesAFaultOut(Fault fault)
    {
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);
        string id = (await host.OkAsync("create_object", Create)).Text("id");
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        HubSpot.Forget();

        HubSpot.FailNext(fault);
        (await host.OkAsync("search_objects", Search)).GetProperty("total").GetInt64().Should().Be(1);
        HubSpot.FailNext(fault);
        (await host.OkAsync("get_object", $$"""{ "objectType": "contacts", "id": "{{id}}" }""")).Text("id").Should().Be(id);

        HubSpot.Requests.Should().HaveCount(4);
    }

    [Theory]
    [MemberData(nameof(Unclear))]
    public async Task WhatWritesIsNeverRepeated(Fault fault)
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);
        (string Operation, string Body)[] writes =
        [
            ("create_object", Create),
            ("update_object", """{ "objectType": "contacts", "id": "101", "properties": { "phone": "1" } }"""),
            ("upsert_object", """{ "objectType": "contacts", "idProperty": "email", "id": "a@acme.example", "properties": {} }"""),
            ("batch_create", """{ "objectType": "contacts", "inputs": [{ "properties": { "email": "b@acme.example" } }] }"""),
            ("batch_update", """{ "objectType": "contacts", "inputs": [{ "id": "101", "properties": { "phone": "1" } }] }"""),
            ("batch_upsert", """{ "objectType": "contacts", "idProperty": "email", "inputs": [{ "id": "a@acme.example", "properties": {} }] }"""),
        ];

        foreach ((string operation, string body) in writes)
        {
            HubSpot.Forget();
            HubSpot.FailNext(fault);

            using HttpResponseMessage response = await host.CallAsync(operation, body);

            ((int)response.StatusCode).Should().BeGreaterThanOrEqualTo(500, operation);
            HubSpot.Requests.Should().ContainSingle(operation);
        }

        _account.Count("contacts").Should().Be(0);
        await host.OkAsync("create_object", Create);
    }

    [Fact]
    public async Task AnAssociationIsRepeatedForItIsOneHoweverOften()
    {
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);
        string contact = (await host.OkAsync("create_object", Create)).Text("id");
        string company = (await host.OkAsync("create_object", """{ "objectType": "companies", "properties": { "name": "Acme" } }""")).Text("id");
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        HubSpot.FailNext(Fault.ResetInBody, Fault.Status(503));

        await host.OkAsync("associate", $$"""{ "objectType": "contacts", "id": "{{contact}}", "toObjectType": "companies", "toId": "{{company}}" }""");

        _account.AreAssociated($"contacts/{contact}", $"companies/{company}").Should().BeTrue();
    }

    [Theory]
    [InlineData("create_object", Create, false)]
    [InlineData("create_object", Create, true)]
    [InlineData("search_objects", Search, false)]
    [InlineData("search_objects", Search, true)]
    public async Task SilenceAndAStalledBodyEndAtTheCallersDeadline(string operation, string body, bool stalls)
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);
        HubSpot.FailNext(stalls ? Fault.StalledBody : Fault.Silence);

        using HttpResponseMessage response = await host.CallAsync(operation, body, (ContractHeaders.TimeoutMilliseconds, "300"));

        response.StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
        HubSpot.Requests.Should().ContainSingle();
        await host.OkAsync(operation, body);
    }

    [Theory]
    [InlineData("""{"status":"COMPLETE","results":[],"errors":[{"status":"error","category":"MISSING_SCOPES","message":"No."}]}""", HttpStatusCode.BadGateway, "does not permit")]
    [InlineData("""{"status":"COMPLETE","results":[],"errors":[{"status":"error","category":"RATE_LIMITS","message":"Slow."}]}""", HttpStatusCode.TooManyRequests, "limits the rate")]
    [InlineData("""{"status":"COMPLETE","results":[],"errors":[{"status":"error","category":"SOMETHING_NEW","message":"Odd."}]}""", HttpStatusCode.BadGateway, "Odd")]
    [InlineData("""{"status":"COMPLETE","results":[],"errors":["odd"]}""", HttpStatusCode.BadGateway, "without a reason")]
    [InlineData("""{"status":"COMPLETE","results":[]}""", HttpStatusCode.BadGateway, "says nothing of the object")]
    public async Task AnUpsertThatIsNotDoneIsNeverTakenForDone(string answer, HttpStatusCode expected, string said)
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);
        HubSpot.FailNext(Fault.Status(207, answer));

        PluginProblem problem = await host.RefusedAsync(expected, "upsert_object", """{ "objectType": "contacts", "idProperty": "email", "id": "a@acme.example", "properties": {} }""");

        problem.Detail.Should().Contain(said);
    }

    [Theory]
    [InlineData("""{"status":"COMPLETE"}""")]
    [InlineData("""{"status":"COMPLETE","results":[{"properties":{}}]}""")]
    [InlineData("""[]""")]
    public async Task ABatchsAnswerThatSaysNothingIsNoSuccess(string answer)
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);
        HubSpot.FailNext(Fault.Status(200, answer));

        await host.RefusedAsync(HttpStatusCode.BadGateway, "batch_create", """{ "objectType": "contacts", "inputs": [{ "properties": { "email": "b@acme.example" } }] }""");
    }

    [Fact]
    public async Task AnErrorOfABatchThatNamesNoInputIsToldAllTheSame()
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);
        HubSpot.FailNext(Fault.Status(207, """{"status":"COMPLETE","results":[],"numErrors":1,"errors":[{"status":"error","category":"VALIDATION_ERROR","message":"One was bad."}]}"""));

        JsonElement answer = await host.OkAsync("batch_create", """{ "objectType": "contacts", "inputs": [{ "properties": { "email": "a@b" } }, { "properties": { "email": "c@d" } }] }""");

        JsonElement failed = answer.GetProperty("failed").EnumerateArray().Should().ContainSingle().Subject;
        failed.TryGetProperty("index", out _).Should().BeFalse();
        failed.Text("message").Should().Be("One was bad.");
        failed.GetProperty("errors")[0].Text("pointer").Should().Be("/inputs");
    }

    [Theory]
    [InlineData("hubspot/")]
    [InlineData("hubspot")]
    public async Task AnAddressWithAPrefixWorks(string prefix)
    {
        string urls = $"http://127.0.0.1:{FreePort()}";
        await using var shared = new VendorServer([_account], "--urls", urls);
        Task running = shared.RunAsync();
        await using PluginTestHost host = await PluginTestHost.StartAsync(new HubSpotPlugin(), new()
        {
            Config = $$"""{ "accessToken": "{{HubSpotCalls.Token}}", "baseUrl": "{{urls}}/{{prefix}}" }""",
        });
        await host.WaitUntilReadyAsync();

        (await host.OkAsync("create_object", Create)).Text("id").Should().NotBeEmpty();

        shared.Requests.Should().Contain(static request => request.Path == "/hubspot/crm/v3/objects/contacts" && request.Method == "POST");
        running.IsFaulted.Should().BeFalse();
    }

    [Fact]
    public async Task WrongCredentialsShowInTheHealthAndThePluginStaysReady()
    {
        const string Wrong = "pat-eu1-wr0ng-token";
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot, Wrong);

        string status = await host.WaitForCredentialsAsync(HealthState.Unhealthy);
        PluginProblem problem = await host.RefusedAsync(HttpStatusCode.BadGateway, "create_object", Create);

        status.Should().Contain("Authentication credentials not found").And.Contain("Check accessToken");
        problem.VendorCode.Should().Be("INVALID_AUTHENTICATION");
        await host.WaitUntilReadyAsync();
        (host.Log + status + problem).Should().NotContain(Wrong);
    }

    [Fact]
    public async Task ARotatedTokenIsInForceWithoutARestart()
    {
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot, "pat-eu1-0ld-token");
        await host.WaitForCredentialsAsync(HealthState.Unhealthy);

        host.WriteVaultSecret("hubspot", new Dictionary<string, string> { ["token"] = HubSpotCalls.Token, ["client"] = HubSpotCalls.ClientSecret });

        await host.WaitForCredentialsAsync(HealthState.Healthy);
        await host.OkAsync("create_object", Create);
    }

    [Fact]
    public async Task ATokenWithoutTheScopeForContactsIsDegradedAlone()
    {
        HubSpot.Outage = Fault.Status(403, Error("MISSING_SCOPES", "Not granted.", "\"errors\":[{\"context\":{\"requiredGranularScopes\":[\"crm.objects.contacts.read\"]}}]"));
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);

        (await host.WaitForCredentialsAsync(HealthState.Degraded)).Should().Contain("crm.objects.contacts.read");
    }

    [Fact]
    public async Task AHubSpotInTroubleIsDegradedAndThePluginReady()
    {
        HubSpot.Outage = Fault.Status(503);
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);

        await host.WaitForCredentialsAsync(HealthState.Degraded);
        await host.WaitUntilReadyAsync();
    }

    [Theory]
    [InlineData("""{ "accessToken": "" }""", "/accessToken")]
    [InlineData("""{ "accessToken": "pat 1" }""", "/accessToken")]
    [InlineData("""{ "accessToken": "pat-1\n" }""", "/accessToken")]
    [InlineData("""{ }""", "/accessToken")]
    [InlineData("""{ "accessToken": "pat-1", "baseUrl": "ftp://x" }""", "/baseUrl")]
    [InlineData("""{ "accessToken": "pat-1", "baseUrl": "https://x/?hapikey=1" }""", "/baseUrl")]
    [InlineData("""{ "accessToken": "pat-1", "events": { "url": "x" } }""", "/events/url")]
    public async Task AnUnusableConfigIsToldByPointer(string config, string pointer)
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new HubSpotPlugin(), new() { Config = config });

        await host.WaitForAsync(ContractPaths.Readyz, response => response.ProblemOrNull()?.Errors?.Any(error => error.Pointer == pointer) ?? false);
    }

    [Fact]
    public async Task TheOperationsAreDescribedAndAreThoseOfTheCatalog()
    {
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);

        OperationList list = (await host.Client.GetFromJsonAsync(ContractPaths.Operations, ContractJsonContext.Default.OperationList))!;

        string[] catalog = [.. File.ReadLines(Path.Combine(RepositoryRoot(), "config", "catalog", "hubspot.yaml"))
            .SkipWhile(static line => line.Trim() != "operations:").Select(static line => line.Trim()).Where(static line => line.StartsWith("- name: ", StringComparison.Ordinal))
            .Select(static line => line["- name: ".Length..])];
        list.Operations.Select(static operation => operation.Name).Should().Equal(catalog);
        catalog.Should().HaveCount(9);
        JsonElement schema = list.Operations.Single(static operation => operation.Name == "create_object").RequestSchema!.Value;
        schema.GetProperty("required").EnumerateArray().Select(static name => name.GetString()).Should().Equal("objectType", "properties");
        schema.GetProperty("properties").GetProperty("objectType").GetProperty("enum").EnumerateArray().Select(static name => name.GetString())
            .Should().Equal("contacts", "companies", "deals", "tickets");
        list.Webhooks.Should().ContainSingle().Which.Name.Should().Be("events");
    }

    private static string Error(string category, string message, string more = "\"x\":1") =>
        $$"""{"status":"error","category":"{{category}}","message":"{{message}}","correlationId":"c-1",{{more}}}""";

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string RepositoryRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "DotMac.Operator.sln")))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return directory ?? throw new DirectoryNotFoundException();
    }
}
