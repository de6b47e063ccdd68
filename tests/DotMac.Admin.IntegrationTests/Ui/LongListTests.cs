using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.Admin.IntegrationTests.Fixture;
using static Microsoft.Playwright.Assertions;

namespace DotMac.Admin.IntegrationTests.Ui;

/// <summary>A list of many plugins is drawn only where it is looked at.</summary>
[Collection(AdminCollection.Name)]
public sealed class LongListTests(AdminFixture fixture)
{
    private const int Plugins = 1500;

    [Fact]
    public async Task Only_what_is_looked_at_is_drawn_and_all_of_it_can_be_reached()
    {
        var tenant = await fixture.CreateTenantAsync();
        try
        {
            await LookAsync(tenant);
        }
        finally
        {
            // Others list all there is.
            await fixture.ControlPlane.SendAsync(HttpMethod.Delete, $"apis/plugins.dotmac.io/v1alpha1/namespaces/{tenant.Namespace}/tenantplugins");
        }
    }

    private async Task LookAsync(AdminTenant tenant)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, Plugins), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) => await tenant.ApplyAsync(
            new JsonObject { ["plugin"] = "twilio", ["config"] = new JsonObject { ["accountSid"] = AdminTenant.Account, ["authToken"] = "${secret:a/b}", ["phoneNumber"] = "+15005550006" } },
            string.Create(CultureInfo.InvariantCulture, $"sms-{i:0000}")));
        await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(tenant.Namespace, "view", ("view", tenant.Namespace)));
        var page = visitor.Page;
        await Expect(page.GetByText("1,500 installed")).ToBeVisibleAsync();
        var rows = page.Locator("tbody .row-name");
        await Expect(rows.First).ToHaveTextAsync("sms-0000");
        (await rows.CountAsync()).Should().BeInRange(10, 80);
        await page.EvaluateAsync("() => window.scrollTo(0, document.body.scrollHeight)");
        await Expect(page.GetByText("sms-1499", new() { Exact = true })).ToBeInViewportAsync();
        (await rows.CountAsync()).Should().BeInRange(10, 80);
        await visitor.UsableByAllAsync();

        // One that is in trouble comes to the top, wherever it was.
        await Operators.DegradedAsync(tenant, "Twilio does not answer", "sms-0700");
        await page.EvaluateAsync("() => window.scrollTo(0, 0)");
        await Expect(rows.First).ToHaveTextAsync("sms-0700");
        await page.GetByLabel("Search").FillAsync("sms-14");
        await Expect(page.GetByText("100 of 1,500 shown")).ToBeVisibleAsync();
        await Expect(rows.First).ToHaveTextAsync("sms-1400");
    }
}
