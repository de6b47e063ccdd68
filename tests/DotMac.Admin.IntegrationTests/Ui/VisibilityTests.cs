using System.Text.Json.Nodes;
using DotMac.Admin.IntegrationTests.Fixture;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DotMac.Admin.IntegrationTests.Ui;

/// <summary>Pages show what Kubernetes lets their viewer see, and offer what it lets them do.</summary>
[Collection(AdminCollection.Name)]
public sealed class VisibilityTests(AdminFixture fixture)
{
    [Fact]
    public async Task Who_may_only_look_is_told_so_and_offered_nothing_else()
    {
        var tenant = await Operators.InstalledAsync(fixture);
        await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(tenant.Namespace, "view", ("view", tenant.Namespace)));
        var page = visitor.Page;
        await visitor.OpenAsync($"plugins/{tenant.Namespace}/twilio");
        await Expect(page.GetByText("You may look at it and not change it")).ToBeVisibleAsync();
        foreach (var action in new[] { "Deactivate", "Restart", "Remove", "Test the credentials now" })
        {
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = action })).ToHaveCountAsync(0);
        }

        await visitor.OpenAsync($"plugins/{tenant.Namespace}/twilio?tab=configuration");
        await Expect(page.GetByLabel("Phone number")).ToBeDisabledAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Check and show what changes" })).ToHaveCountAsync(0);
        await visitor.UsableByAllAsync();
        await visitor.OpenAsync("catalog/twilio/install");
        await Expect(page.GetByText("You may not install plugins")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Tenants_do_not_see_each_other()
    {
        var (mine, others) = (await Operators.InstalledAsync(fixture), await Operators.InstalledAsync(fixture));
        await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(mine.Namespace, "edit", ("edit", mine.Namespace)));
        var page = visitor.Page;
        await Expect(page.Locator("tbody .row-name")).ToHaveCountAsync(1);
        await visitor.OpenAsync("tenants");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = mine.Id, Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = others.Id, Exact = true })).ToHaveCountAsync(0);
        foreach (var tab in new[] { "", "?tab=configuration", "?tab=logs", "?tab=versions" })
        {
            await visitor.OpenAsync($"plugins/{others.Namespace}/twilio{tab}");
            await Expect(page.GetByText("There is no such plugin, or you may not see it")).ToBeVisibleAsync();
            (await page.ContentAsync()).Should().NotContain(AdminTenant.Account);
        }
    }

    [Fact]
    public async Task Rights_that_are_given_and_taken_show_on_an_open_page()
    {
        var tenant = await Operators.InstalledAsync(fixture);
        await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(tenant.Namespace, "newcomer"));
        var page = visitor.Page;
        await Expect(page.GetByText("You may not see any tenant's plugins")).ToBeVisibleAsync();
        await visitor.UsableByAllAsync();
        var bindings = $"apis/rbac.authorization.k8s.io/v1/namespaces/{tenant.Namespace}/rolebindings";
        await fixture.CreateAsync(bindings, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "newcomer" },
            ["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "ClusterRole", ["name"] = "view" },
            ["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = "newcomer", ["namespace"] = tenant.Namespace }),
        });
        await Expect(page.Locator("tbody .row-name")).ToHaveTextAsync("twilio", new() { Timeout = 60_000 });
        await fixture.ControlPlane.SendAsync(HttpMethod.Delete, $"{bindings}/newcomer");
        await Expect(page.GetByText("You may not see any tenant's plugins")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task The_list_is_filtered_by_its_address_and_changes_as_plugins_do()
    {
        var (first, second) = (await Operators.InstalledAsync(fixture), await Operators.InstalledAsync(fixture));
        var token = await fixture.TokenAsync(first.Namespace, "both", ("view", first.Namespace), ("view", second.Namespace));
        await using var visitor = await fixture.VisitAsync(token);
        var page = visitor.Page;
        var rows = page.Locator("tbody .row-name");
        await Expect(rows).ToHaveCountAsync(2);
        await page.GetByLabel("Tenant").SelectOptionAsync(second.Id);
        await Expect(rows).ToHaveCountAsync(1);
        page.Url.Should().Contain($"tenant={second.Id}");
        await page.ReloadAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await page.GetByLabel("State").SelectOptionAsync("Failed");
        await Expect(page.GetByText("Nothing fits")).ToBeVisibleAsync();
        await visitor.UsableByAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show all" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(2);

        // What is wrong comes first, without anybody pressing anything.
        await Operators.DegradedAsync(second, "Twilio does not answer");
        await Expect(page.Locator("tbody tr", new() { HasText = second.Id })).ToContainTextAsync("Degraded");
        await Expect(page.Locator("tbody tr", new() { Has = page.Locator(".row-name") }).First).ToContainTextAsync(second.Id);
        await page.GetByLabel("Health").SelectOptionAsync("Unhealthy");
        await Expect(rows).ToHaveCountAsync(1);

        // Quicker than the service answers, and nothing is lost.
        for (var i = 0; i < 5; i++)
        {
            await page.GetByLabel("Search").FillAsync(string.Empty);
            await page.GetByLabel("Search").PressSequentiallyAsync("nothing-of-this-name");
            await Expect(page.GetByText("Nothing fits")).ToBeVisibleAsync();
            await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q=nothing-of-this-name$"));
            await Expect(page.GetByLabel("Search")).ToHaveValueAsync("nothing-of-this-name");
        }

        // The menu leads to all of it again.
        await page.GetByRole(AriaRole.Link, new() { Name = "Installed", Exact = true }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(page.GetByLabel("Search")).ToHaveValueAsync(string.Empty);
    }
}
