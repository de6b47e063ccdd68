using System.Net;
using System.Text.Json;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.HubSpot;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.HubSpot.Tests;

public sealed class HubSpotOperationTests : IAsyncLifetime
{
    private readonly HubSpotStandIn _account = new(HubSpotCalls.Token);
    private VendorServer? _hubSpot;

    private VendorServer HubSpot => _hubSpot!;

    public async Task InitializeAsync() => _hubSpot = await VendorServer.StartAsync(_account);

    public async Task DisposeAsync() => await HubSpot.DisposeAsync();

    [Fact]
    public async Task AContactIsMadeChangedAndRead()
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);

        JsonElement made = await host.OkAsync("create_object", """{ "objectType": "contacts", "properties": { "email": "Ann@acme.example", "firstname": "Ann", "newsletter": true } }""");
        string id = made.Text("id");
        JsonElement changed = await host.OkAsync("update_object", $$"""{ "objectType": "contacts", "id": "{{id}}", "properties": { "lastname": "Grüße", "firstname": null } }""");
        JsonElement byEmail = await host.OkAsync("update_object", """{ "objectType": "contacts", "idProperty": "email", "id": "ann@acme.example", "properties": { "phone": 4711 } }""");
        JsonElement read = await host.OkAsync("get_object", $$"""{ "objectType": "contacts", "id": "{{id}}", "properties": ["phone", "lastname"] }""");
        JsonElement readByEmail = await host.OkAsync("get_object", """{ "objectType": "contacts", "idProperty": "email", "id": "ann@acme.example" }""");

        made.Text("properties", "email").Should().Be("ann@acme.example");
        made.Text("properties", "newsletter").Should().Be("true");
        made.GetProperty("createdAt").GetDateTimeOffset().Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        changed.Text("properties", "lastname").Should().Be("Grüße");
        changed.GetProperty("properties").GetProperty("firstname").ValueKind.Should().Be(JsonValueKind.Null);
        byEmail.Text("id").Should().Be(id);
        read.Text("properties", "phone").Should().Be("4711");
        read.GetProperty("properties").TryGetProperty("email", out _).Should().BeFalse("only what was asked for is answered");
        readByEmail.Text("id").Should().Be(id);
        HubSpot.Requests.Select(static request => request.ToString()).Should().Equal(
            "POST /crm/v3/objects/contacts",
            $"PATCH /crm/v3/objects/contacts/{id}",
            "PATCH /crm/v3/objects/contacts/ann@acme.example?idProperty=email",
            $"GET /crm/v3/objects/contacts/{id}?properties=phone%2Clastname",
            "GET /crm/v3/objects/contacts/ann@acme.example?idProperty=email");
        HubSpot.Requests[0].Text().Should().Be("""{"properties":{"email":"Ann@acme.example","firstname":"Ann","newsletter":"true"}}""");
        HubSpot.Requests.Should().OnlyContain(static request => request.Headers["Authorization"] == $"Bearer {HubSpotCalls.Token}");
    }

    [Theory]
    [InlineData("companies", """{ "name": "Acme", "domain": "acme.example" }""")]
    [InlineData("deals", """{ "dealname": "Fibre", "amount": 99.5, "dealstage": "appointmentscheduled" }""")]
    [InlineData("tickets", """{ "subject": "No signal", "hs_pipeline_stage": 1 }""")]
    public async Task EveryKindIsMade(string type, string properties)
    {
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);

        JsonElement made = await host.OkAsync("create_object", $$"""{ "objectType": "{{type}}", "properties": {{properties}} }""");

        made.Text("id").Should().MatchRegex("^[0-9]+$");
        _account.Count(type).Should().Be(1);
    }

    [Fact]
    public async Task ARefusedPropertyIsNamed()
    {
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);

        PluginProblem problem = await host.RefusedAsync(
            HttpStatusCode.UnprocessableEntity, "create_object", """{ "objectType": "contacts", "properties": { "email": "ann", "colour": "red", "firstname": "Ann" } }""");

        problem.Errors!.Select(static error => error.Pointer).Should().Equal("/properties/email", "/properties/colour");
        problem.Errors![1].Message.Should().Contain("does not exist").And.Contain("PROPERTY_DOESNT_EXIST");
        problem.Detail.Should().StartWith("HubSpot refused the request: Property values were not valid (HubSpot's correlation id ");
        _account.Count("contacts").Should().Be(0);
    }

    [Fact]
    public async Task WithoutARequiredPropertyItIsNamed()
    {
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);

        PluginProblem problem = await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, "create_object", """{ "objectType": "tickets", "properties": { "subject": "No signal" } }""");

        problem.Errors.Should().ContainSingle().Which.Pointer.Should().Be("/properties/hs_pipeline_stage");
    }

    [Fact]
    public async Task WhatExistsAlreadyIsToldWithItsIdAndTheWayOut()
    {
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);
        string id = (await host.OkAsync("create_object", """{ "objectType": "contacts", "properties": { "email": "ann@acme.example" } }""")).Text("id");

        PluginProblem problem = await host.RefusedAsync(
            HttpStatusCode.UnprocessableEntity, "create_object", """{ "objectType": "contacts", "properties": { "email": "ANN@acme.example" } }""");

        problem.Detail.Should().Contain($"Existing ID: {id}").And.Contain("upsert_object");
        problem.Errors.Should().ContainSingle().Which.Should().BeEquivalentTo(new FieldProblem("/properties", $"Contact already exists. Existing ID: {id}"));
        _account.Count("contacts").Should().Be(1);
    }

    [Fact]
    public async Task AnUpsertMakesTheFirstTimeAndChangesTheSecond()
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);

        JsonElement first = await host.OkAsync("upsert_object", """{ "objectType": "contacts", "idProperty": "email", "id": "ann@acme.example", "properties": { "firstname": "Ann" } }""");
        JsonElement second = await host.OkAsync("upsert_object", """{ "objectType": "contacts", "idProperty": "email", "id": "ann@acme.example", "properties": { "lastname": "Lee" } }""");

        first.GetProperty("created").GetBoolean().Should().BeTrue();
        second.GetProperty("created").GetBoolean().Should().BeFalse();
        second.Text("object", "id").Should().Be(first.Text("object", "id"));
        second.Text("object", "properties", "firstname").Should().Be("Ann");
        HubSpot.Requests.Should().HaveCount(2).And.OnlyContain(static request => request.ToString() == "POST /crm/v3/objects/contacts/batch/upsert");
        JsonElement input = HubSpot.Requests[0].Json().GetProperty("inputs")[0];
        input.Text("id").Should().Be("ann@acme.example");
        input.Text("idProperty").Should().Be("email");
        string[] traces = [.. HubSpot.Requests.Select(static request => request.Json().GetProperty("inputs")[0].Text("objectWriteTraceId"))];
        traces.Should().OnlyHaveUniqueItems().And.OnlyContain(static trace => trace.Length > 0);
    }

    [Theory]
    [InlineData("""{ "objectType": "contacts", "idProperty": "email", "id": "ann", "properties": {} }""", "/id")]
    [InlineData("""{ "objectType": "contacts", "idProperty": "email", "id": "ann@acme.example", "properties": { "email": "ann" } }""", "/properties/email")]
    [InlineData("""{ "objectType": "contacts", "idProperty": "email", "id": "ann@acme.example", "properties": { "colour": "red" } }""", "/properties/colour")]
    [InlineData("""{ "objectType": "companies", "idProperty": "domain", "id": "acme.example", "properties": {} }""", "/idProperty")]
    [InlineData("""{ "objectType": "contacts", "idProperty": "email", "id": "new@acme.example", "properties": { "customer_number": "17" } }""", "/properties")]
    public async Task ARefusedUpsertNamesItsField(string body, string pointer)
    {
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);
        await host.OkAsync("create_object", """{ "objectType": "contacts", "properties": { "customer_number": "17" } }""");

        PluginProblem problem = await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, "upsert_object", body);

        problem.Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
    }

    [Fact]
    public async Task ASearchFiltersSortsAndGoesOnPageByPage()
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);
        for (int number = 1; number <= 12; number++)
        {
            await host.OkAsync("create_object", $$"""{ "objectType": "deals", "properties": { "dealname": "n{{number}}", "amount": {{number * 10}}, "pipeline": "{{(number > 10 ? "late" : "early")}}" } }""");
        }

        const string Search = """
            "objectType": "deals", "limit": 5, "properties": ["amount"],
            "filterGroups": [
              { "filters": [{ "propertyName": "amount", "operator": "BETWEEN", "value": "10", "highValue": "80" }, { "propertyName": "pipeline", "operator": "EQ", "value": "early" }] },
              { "filters": [{ "propertyName": "dealname", "operator": "IN", "values": ["n12"] }] }],
            "sorts": [{ "propertyName": "amount", "direction": "DESCENDING" }]
            """;
        JsonElement first = await host.OkAsync("search_objects", $"{{{Search}}}");
        JsonElement second = await host.OkAsync("search_objects", $$"""{ {{Search}}, "after": "{{first.Text("after")}}" }""");
        JsonElement byText = await host.OkAsync("search_objects", """{ "objectType": "deals", "query": "n11" }""");
        JsonElement none = await host.OkAsync("search_objects", """{ "objectType": "deals", "filterGroups": [{ "filters": [{ "propertyName": "closedate", "operator": "HAS_PROPERTY" }] }] }""");

        first.GetProperty("total").GetInt64().Should().Be(9);
        Amounts(first).Should().Equal("120", "80", "70", "60", "50");
        Amounts(second).Should().Equal("40", "30", "20", "10");
        second.TryGetProperty("after", out _).Should().BeFalse("there is no further page");
        byText.GetProperty("total").GetInt64().Should().Be(1);
        none.GetProperty("objects").GetArrayLength().Should().Be(0);
        JsonElement sent = HubSpot.Requests.First(static request => request.Path.EndsWith("/search", StringComparison.Ordinal)).Json();
        sent.GetRawText().Should().Be(
            """{"filterGroups":[{"filters":[{"propertyName":"amount","operator":"BETWEEN","value":"10","highValue":"80"},{"propertyName":"pipeline","operator":"EQ","value":"early"}]},{"filters":[{"propertyName":"dealname","operator":"IN","values":["n12"]}]}],"sorts":[{"propertyName":"amount","direction":"DESCENDING"}],"properties":["amount"],"limit":5}""");
    }

    [Theory]
    [InlineData("colour", "x", "/filterGroups/1/filters/0/propertyName")]
    [InlineData("amount", "much", "/filterGroups/1/filters/0/value")]
    public async Task ARefusedFilterIsNamed(string property, string value, string pointer)
    {
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);

        PluginProblem problem = await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, "search_objects", $$"""
            { "objectType": "deals", "filterGroups": [
              { "filters": [{ "propertyName": "dealname", "operator": "HAS_PROPERTY" }] }, { "filters": [{ "propertyName": "{{property}}", "operator": "EQ", "value": "{{value}}" }] }] }
            """);

        problem.Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
    }

    [Fact]
    public async Task TwoObjectsArePutTogetherAndAgain()
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);
        string contact = (await host.OkAsync("create_object", """{ "objectType": "contacts", "properties": { "email": "ann@acme.example" } }""")).Text("id");
        string company = (await host.OkAsync("create_object", """{ "objectType": "companies", "properties": { "name": "Acme" } }""")).Text("id");
        string body = $$"""{ "objectType": "contacts", "id": "{{contact}}", "toObjectType": "companies", "toId": "{{company}}" }""";

        JsonElement made = await host.OkAsync("associate", body);
        await host.OkAsync("associate", body);

        _account.AreAssociated($"contacts/{contact}", $"companies/{company}").Should().BeTrue();
        made.GetProperty("associations").GetArrayLength().Should().Be(2);
        JsonElement association = made.GetProperty("associations")[0];
        association.Text("fromId").Should().Be(contact);
        association.Text("toId").Should().Be(company);
        association.Text("category").Should().Be("HUBSPOT_DEFINED");
        HubSpot.Requests[^1].ToString().Should().Be($"PUT /crm/v4/objects/contacts/{contact}/associations/default/companies/{company}");
    }

    [Theory]
    [InlineData("get_object", """{ "objectType": "companies", "id": "999999" }""", "no company 999999")]
    [InlineData("get_object", """{ "objectType": "contacts", "idProperty": "email", "id": "nobody@acme.example" }""", "no contact whose email is nobody@acme.example")]
    [InlineData("update_object", """{ "objectType": "deals", "id": "999999", "properties": { "amount": "1" } }""", "no deal 999999")]
    [InlineData("associate", """{ "objectType": "contacts", "id": "999999", "toObjectType": "companies", "toId": "1" }""", "no contact 999999, or no company 1")]
    public async Task WhatIsNotThereIsNotFound(string operation, string body, string said)
    {
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);

        (await host.RefusedAsync(HttpStatusCode.NotFound, operation, body)).Detail.Should().Contain(said);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ABatchTellsWhatBecameOfEachInput(bool tellsTraceIds)
    {
        _account.TellsTraceIds = tellsTraceIds;
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);
        string known = (await host.OkAsync("create_object", """{ "objectType": "contacts", "properties": { "email": "known@acme.example" } }""")).Text("id");

        JsonElement created = await host.OkAsync("batch_create", """
            { "objectType": "contacts", "inputs": [
              { "properties": { "email": "a@acme.example" } }, { "properties": { "email": "bad" } }, { "properties": { "email": "c@acme.example" } }, { "properties": { "email": "known@acme.example" } }] }
            """);

        JsonElement[] succeeded = [.. created.GetProperty("succeeded").EnumerateArray()];
        succeeded.Select(static item => item.Text("object", "properties", "email")).Should().BeEquivalentTo("a@acme.example", "c@acme.example");
        if (tellsTraceIds)
        {
            succeeded.Select(static item => (item.GetProperty("index").GetInt32(), item.Text("object", "properties", "email"))).Should().Equal((0, "a@acme.example"), (2, "c@acme.example"));
        }
        else
        {
            succeeded.SelectMany(static item => item.EnumerateObject()).Should().NotContain(static member => member.Name == "index", "an order that HubSpot does not promise is not guessed at");
        }

        JsonElement[] failed = [.. created.GetProperty("failed").EnumerateArray()];
        failed.Select(static item => (item.GetProperty("index").GetInt32(), item.Text("category"))).Should().Equal((1, "VALIDATION_ERROR"), (3, "CONFLICT"));
        failed[0].GetProperty("errors").EnumerateArray().Should().ContainSingle().Which.Text("pointer").Should().Be("/inputs/1/properties/email");
        failed[1].Text("existingId").Should().Be(known);
    }

    [Fact]
    public async Task ABatchOfUpdatesTellsWhatWasNotFound()
    {
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);
        JsonElement made = await host.OkAsync("batch_create", """{ "objectType": "companies", "inputs": [{ "properties": { "name": "one" } }, { "properties": { "name": "two" } }] }""");
        string[] ids = [.. made.GetProperty("succeeded").EnumerateArray().OrderBy(static item => item.Text("object", "properties", "name")).Select(static item => item.Text("object", "id"))];

        JsonElement answer = await host.OkAsync("batch_update", $$"""
            { "objectType": "companies", "inputs": [
              { "id": "{{ids[0]}}", "properties": { "city": "Lagos" } }, { "id": "999999", "properties": { "city": "Abuja" } }, { "id": "{{ids[1]}}", "properties": { "colour": "red" } }] }
            """);

        JsonElement done = answer.GetProperty("succeeded").EnumerateArray().Should().ContainSingle().Subject;
        done.GetProperty("index").GetInt32().Should().Be(0);
        done.Text("object", "properties", "city").Should().Be("Lagos");
        answer.GetProperty("failed").EnumerateArray().Select(static item => (item.GetProperty("index").GetInt32(), item.Text("category")))
            .Should().Equal((1, "OBJECT_NOT_FOUND"), (2, "VALIDATION_ERROR"));
        answer.GetProperty("failed")[1].GetProperty("errors")[0].Text("pointer").Should().Be("/inputs/2/properties/colour");
    }

    [Fact]
    public async Task ABatchOfUpsertsTellsWhatWasMade()
    {
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);
        await host.OkAsync("create_object", """{ "objectType": "contacts", "properties": { "email": "ann@acme.example" } }""");

        JsonElement answer = await host.OkAsync("batch_upsert", """
            { "objectType": "contacts", "idProperty": "email", "inputs": [
              { "id": "Ann@acme.example", "properties": { "firstname": "Ann" } }, { "id": "bob@acme.example", "properties": { "firstname": "Bob" } }, { "id": "eve", "properties": {} }] }
            """);

        answer.GetProperty("succeeded").EnumerateArray().Select(static item => (item.GetProperty("index").GetInt32(), item.GetProperty("created").GetBoolean(), item.Text("object", "properties", "firstname")))
            .Should().Equal((0, false, "Ann"), (1, true, "Bob"));
        JsonElement failed = answer.GetProperty("failed").EnumerateArray().Should().ContainSingle().Subject;
        failed.GetProperty("index").GetInt32().Should().Be(2);
        failed.GetProperty("errors")[0].Text("pointer").Should().Be("/inputs/2/id");
        _account.Count("contacts").Should().Be(2);
    }

    [Fact]
    public async Task ABatchOfAHundredIsOneRequestAndAnAnswerThatFails()
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);
        string inputs = string.Join(',', Enumerable.Range(0, 100).Select(static number => $$"""{ "properties": { "name": "n{{number}}" } }"""));

        JsonElement answer = await host.OkAsync("batch_create", $$"""{ "objectType": "companies", "inputs": [{{inputs}}] }""");

        answer.GetProperty("succeeded").GetArrayLength().Should().Be(100);
        HubSpot.Requests.Should().ContainSingle();
        HubSpot.Requests[0].Json().GetProperty("inputs").EnumerateArray().Select(static input => input.Text("objectWriteTraceId")).Should().OnlyHaveUniqueItems();
        PluginProblem problem = await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, "batch_create", $$"""{ "objectType": "companies", "inputs": [{{inputs}}, { "properties": { "name": "n" } }] }""");
        problem.Errors.Should().ContainSingle().Which.Pointer.Should().Be("/inputs");
    }

    [Fact]
    public async Task ABatchThatIsRefusedAsAWholeNamesWhatItCan()
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);

        PluginProblem twice = await host.RefusedAsync(
            HttpStatusCode.UnprocessableEntity, "batch_update", """{ "objectType": "companies", "inputs": [{ "id": "1", "properties": { "city": "a" } }, { "id": "1", "properties": { "city": "b" } }] }""");
        HubSpot.FailNext(Fault.Status(400, """{"status":"error","category":"VALIDATION_ERROR","message":"Property values were not valid: [{\"name\":\"colour\",\"message\":\"no\",\"error\":\"X\"},{\"name\":\"city\",\"message\":\"no\"}]"}"""));
        PluginProblem property = await host.RefusedAsync(
            HttpStatusCode.UnprocessableEntity, "batch_create", """{ "objectType": "companies", "inputs": [{ "properties": { "city": "a" } }, { "properties": { "city": "b", "colour": "red" } }] }""");

        twice.Errors.Should().ContainSingle().Which.Pointer.Should().Be("/inputs");
        property.Errors!.Select(static error => error.Pointer).Should().Equal("/inputs/1/properties/colour", "/inputs");
    }

    [Theory]
    [InlineData("create_object", """{ "objectType": "quotes", "properties": { "a": "b" } }""", "/objectType")]
    [InlineData("create_object", """{ "objectType": "contacts" }""", "/properties")]
    [InlineData("create_object", """{ "objectType": "contacts", "properties": {} }""", "/properties")]
    [InlineData("create_object", """{ "objectType": "contacts", "properties": { "email": ["a@b"] } }""", "/properties/email")]
    [InlineData("update_object", """{ "objectType": "contacts", "id": "ann@acme.example", "properties": { "phone": "1" } }""", "/id")]
    [InlineData("update_object", """{ "objectType": "contacts", "id": "1", "properties": {} }""", "/properties")]
    [InlineData("update_object", """{ "objectType": "contacts", "id": "1", "idProperty": "a b", "properties": { "phone": "1" } }""", "/idProperty")]
    [InlineData("get_object", """{ "objectType": "contacts", "id": "..", "idProperty": "email" }""", "/id")]
    [InlineData("get_object", """{ "objectType": "contacts", "id": "1/../2" }""", "/id")]
    [InlineData("upsert_object", """{ "objectType": "contacts", "id": "a@b", "properties": {} }""", "/idProperty")]
    [InlineData("search_objects", """{ "objectType": "deals", "limit": 201 }""", "/limit")]
    [InlineData("search_objects", """{ "objectType": "deals", "after": "x" }""", "/after")]
    [InlineData("search_objects", """{ "objectType": "deals", "filterGroups": [{ "filters": [] }] }""", "/filterGroups/0/filters")]
    [InlineData("search_objects", """{ "objectType": "deals", "filterGroups": [{ "filters": [{ "propertyName": "amount", "operator": "IS", "value": "1" }] }] }""", "/filterGroups/0/filters/0/operator")]
    [InlineData("search_objects", """{ "objectType": "deals", "filterGroups": [{ "filters": [{ "propertyName": "amount", "operator": "GT" }] }] }""", "/filterGroups/0/filters/0/value")]
    [InlineData("search_objects", """{ "objectType": "deals", "filterGroups": [{ "filters": [{ "propertyName": "amount", "operator": "BETWEEN", "value": "1" }] }] }""", "/filterGroups/0/filters/0/highValue")]
    [InlineData("search_objects", """{ "objectType": "deals", "filterGroups": [{ "filters": [{ "propertyName": "amount", "operator": "IN" }] }] }""", "/filterGroups/0/filters/0/values")]
    [InlineData("search_objects", """{ "objectType": "deals", "filterGroups": [{ "filters": [{ "propertyName": "amount", "operator": "HAS_PROPERTY", "value": "1" }] }] }""", "/filterGroups/0/filters/0/value")]
    [InlineData("search_objects", """{ "objectType": "deals", "sorts": [{ "propertyName": "amount", "direction": "UP" }] }""", "/sorts/0/direction")]
    [InlineData("associate", """{ "objectType": "contacts", "id": "x", "toObjectType": "companies", "toId": "1" }""", "/id")]
    [InlineData("batch_create", """{ "objectType": "contacts", "inputs": [] }""", "/inputs")]
    [InlineData("batch_create", """{ "objectType": "contacts", "inputs": [{ "properties": { "email": "a@b" } }, { "properties": { "email": {} } }] }""", "/inputs/1/properties/email")]
    [InlineData("batch_update", """{ "objectType": "contacts", "inputs": [{ "id": "1", "properties": {} }, { "id": "a@b", "properties": {} }] }""", "/inputs/1/id")]
    [InlineData("batch_upsert", """{ "objectType": "contacts", "inputs": [{ "id": "1", "properties": {} }] }""", "/idProperty")]
    public async Task AMalformedRequestNeverReachesHubSpot(string operation, string body, string pointer)
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);

        PluginProblem problem = await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, operation, body);

        problem.Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
        HubSpot.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task MoreFiltersThanHubSpotTakesAreRefused()
    {
        await using PluginTestHost host = await HubSpotCalls.StartAsync(HubSpot);
        string group = $$"""{ "filters": [{{string.Join(',', Enumerable.Repeat("""{ "propertyName": "amount", "operator": "HAS_PROPERTY" }""", 5))}}] }""";

        PluginProblem problem = await host.RefusedAsync(
            HttpStatusCode.UnprocessableEntity, "search_objects", $$"""{ "objectType": "deals", "filterGroups": [{{string.Join(',', Enumerable.Repeat(group, 4))}}] }""");

        problem.Errors.Should().ContainSingle().Which.Should().Match<FieldProblem>(static error => error.Pointer == "/filterGroups" && error.Message!.Contains("18"));
    }

    [Fact]
    public async Task AnIdOfAnyCharactersStaysOneSegmentOfTheAddress()
    {
        await using PluginTestHost host = await HubSpotCalls.StartCheckedAsync(HubSpot);

        await host.RefusedAsync(HttpStatusCode.NotFound, "get_object", """{ "objectType": "contacts", "idProperty": "customer_number", "id": "../a?b#c%2Fd" }""");

        HubSpot.Requests.Should().ContainSingle().Which.Path.Should().StartWith("/crm/v3/objects/contacts/..");
        HubSpot.Requests[0].Query.Should().Be("?idProperty=customer_number");
    }

    private static IEnumerable<string> Amounts(JsonElement page) => page.GetProperty("objects").EnumerateArray().Select(static one => one.Text("properties", "amount"));
}
