using System.Net;
using DotMac.Admin.IntegrationTests.Fixture;

namespace DotMac.Admin.IntegrationTests;

/// <summary>The requests of the guide's section on the API, as they are printed there.</summary>
[Collection(AdminCollection.Name)]
public sealed class GuideTests(AdminFixture fixture)
{
    private const string Install = """
        {
            "plugin_id": "twilio",
            "config_data": {
              "account_sid": "ACXXXX...",
              "auth_token": "your_token",
              "phone_number": "+1234567890"
            }
          }
        """;

    [Fact]
    public async Task The_examples_of_the_guide_work_as_printed()
    {
        var tenant = await fixture.CreateTenantAsync();
        var caller = await tenant.ClientAsync("edit");

        var list = (await caller.GetAsync("/api/admin/plugins")).Expect(HttpStatusCode.OK).Json;
        list["plugins"]!.AsArray().Select(static p => p!["plugin_id"]!.GetValue<string>()).Should().Contain(["twilio", "sendgrid", "slack", "stripe", "network-automation", "hubspot", "mailchimp"]);

        // The three dots stand for the rest of the account's id.
        var refused = await caller.PostAsync("/api/admin/plugins/install", Install);
        refused.Expect(HttpStatusCode.UnprocessableEntity).Errors.Keys.Should().Equal("/config_data/account_sid");
        (await tenant.PluginAsync()).Should().BeNull();

        var installed = await caller.PostAsync("/api/admin/plugins/install", Install.Replace("ACXXXX...", AdminTenant.Account, StringComparison.Ordinal));
        installed.Expect(HttpStatusCode.Created).Json["plugin"]!["tenant_id"]!.GetValue<string>().Should().Be(tenant.Id);

        var status = (await caller.GetAsync("/api/admin/plugins/twilio/status")).Expect(HttpStatusCode.OK).Json;
        status["plugin_id"]!.GetValue<string>().Should().Be("twilio");
        status["state"]!.GetValue<string>().Should().Be("unknown");

        (await caller.PostAsync("/api/admin/plugins/twilio/activate")).Expect(HttpStatusCode.OK).Json["result"]!.GetValue<string>().Should().Be("unchanged");
    }

    [Fact]
    public async Task Without_a_token_the_answer_says_what_to_send()
    {
        var answer = (await fixture.Client(null).GetAsync("/api/admin/plugins/twilio/status")).Expect(HttpStatusCode.Unauthorized);
        answer.Headers["WWW-Authenticate"].Should().StartWith("Bearer");
        answer.Json["detail"]!.GetValue<string>().Should().Contain("Authorization: Bearer");
    }
}
