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
}
