using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.Admin.IntegrationTests.Fixture;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DotMac.Admin.IntegrationTests.Ui;

/// <summary>The audit trail in the browser: what was done to what its viewer may see.</summary>
[Collection(AdminCollection.Name)]
public sealed class AuditTests(AdminFixture fixture)
{
    private const string Attack = "<img src=x onerror=\"window.hacked=1\">";

    [Fact]
    public async Task The_trail_is_read_filtered_and_paged()
    {
        var (mine, others) = (await fixture.CreateTenantAsync(), await fixture.CreateTenantAsync());
        var directory = Directory.CreateTempSubdirectory("dotmac-trail-");
        try
        {
            var file = Path.Combine(directory.FullName, "audit.jsonl");
            await File.WriteAllLinesAsync(file, Enumerable.Range(1, 250).Select(i => Line(i, i % 5 == 0 ? others : mine, i % 10 == 1 ? "remove" : "configure", i == 249 ? Attack : "twilio").ToJsonString()));
            await using var instance = fixture.NewAdmin("--audit-file", file);
            await instance.StartAsync();
            await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(mine.Namespace, "view", ("view", mine.Namespace)), instance);
            var page = visitor.Page;
            await visitor.OpenAsync("audit");
            var rows = page.Locator("tbody tr");
            await Expect(rows).ToHaveCountAsync(100);
            await Expect(rows.First).ToContainTextAsync(Attack);
            await Expect(page.Locator("tbody")).Not.ToContainTextAsync(others.Id);
            await visitor.ScreenshotAsync("22-audit");
            await visitor.UsableByAllAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Show older" }).ClickAsync();
            await Expect(rows).ToHaveCountAsync(200);
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Show older" })).ToHaveCountAsync(0);
            await page.GetByLabel("What", new() { Exact = true }).SelectOptionAsync("remove");
            await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
            await Expect(rows).ToHaveCountAsync(25);
            await page.GetByLabel("By whom").FillAsync("nobody-of-this-name");
            await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
            await Expect(page.GetByText("Nothing is recorded that fits.")).ToBeVisibleAsync();

            // What may not be seen is as if it were not there.
            await page.GetByLabel("By whom").FillAsync(string.Empty);
            await page.GetByLabel("Tenant").FillAsync(others.Id);
            await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
            await Expect(page.GetByText($"There is no tenant {others.Id}, or you may not see it")).ToBeVisibleAsync();
            (await page.EvaluateAsync<bool>("() => window.hacked === undefined")).Should().BeTrue();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static JsonObject Line(int number, AdminTenant tenant, string operation, string name) => new()
    {
        ["stream"] = "audit",
        ["seq"] = number,
        ["time"] = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).AddMinutes(number).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        ["operation"] = operation,
        ["result"] = "Succeeded",
        ["actor"] = new JsonObject { ["name"] = "somebody", ["kind"] = "User" },
        ["source"] = "admission",
        ["subject"] = new JsonObject { ["kind"] = "TenantPlugin", ["namespace"] = tenant.Namespace, ["name"] = name },
        ["tenant"] = tenant.Id,
        ["plugin"] = "twilio",
        ["changed"] = new JsonArray("/config/phoneNumber"),
    };
}
