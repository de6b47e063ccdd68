using System.Text.Json.Nodes;
using DotMac.Admin.IntegrationTests.Fixture;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DotMac.Admin.IntegrationTests.Ui;

/// <summary>What people do, from signing in to removing a plugin; what the operator would write is written by the tests.</summary>
[Collection(AdminCollection.Name)]
public sealed class JourneyTests(AdminFixture fixture)
{
    [Fact]
    public async Task A_person_installs_Twilio_and_sees_that_it_works()
    {
        var tenant = await fixture.CreateTenantAsync();
        await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(tenant.Namespace, "edit", ("edit", tenant.Namespace)));
        var page = visitor.Page;
        await Expect(page.GetByText("Nothing is installed yet")).ToBeVisibleAsync();
        await visitor.ScreenshotAsync("01-nothing-installed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Look through the catalog" }).ClickAsync();
        await page.GetByLabel("Search").FillAsync("sms");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Twilio SMS" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Stripe" })).ToHaveCountAsync(0);
        await visitor.ScreenshotAsync("02-catalog");
        await page.GetByRole(AriaRole.Link, new() { Name = "Install Twilio SMS" }).ClickAsync();
        await visitor.ScreenshotAsync("03-for-whom");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();

        // A mistake is named beside its field, and nothing that was typed in is lost.
        await page.GetByLabel("Account SID").FillAsync("AC123");
        await page.GetByLabel("Auth token").First.FillAsync("a-secret-of-the-test");
        await page.GetByLabel("Phone number").FillAsync("+15005550006");
        await visitor.ScreenshotAsync("04-form");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and review" }).ClickAsync();
        await Expect(page.Locator(".field-wrong")).ToContainTextAsync("Account SID");
        await visitor.ScreenshotAsync("05-mistake");
        await visitor.UsableByAllAsync();
        await page.GetByLabel("Account SID").FillAsync(AdminTenant.Account);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and review" }).ClickAsync();
        await Expect(page.GetByText("Checked with Kubernetes")).ToBeVisibleAsync();
        (await page.Locator(".manifest pre").TextContentAsync()).Should().Contain("kind: TenantPlugin").And.Contain("${vault:twilio/").And.NotContain("a-secret-of-the-test");
        await visitor.ScreenshotAsync("06-review");
        await visitor.UsableByAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Install", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Stored in Kubernetes")).ToBeVisibleAsync();
        await Expect(page.GetByText("Waiting for the operator to look at it")).ToBeVisibleAsync();
        await visitor.ScreenshotAsync("07-progress");
        await Operators.StartingAsync(tenant);
        await Expect(page.GetByText("0 of 1 pods are ready")).ToBeVisibleAsync();
        await Operators.ActiveAsync(tenant);
        await Expect(page.GetByText("The credentials were tested and accepted.")).ToBeVisibleAsync();
        await visitor.ScreenshotAsync("08-installed");
        await visitor.UsableByAllAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open its page" }).ClickAsync();
        await Expect(page.GetByText("It says that it works")).ToBeVisibleAsync();
        await visitor.ScreenshotAsync("09-overview");
        await visitor.UsableByAllAsync();
        (await tenant.PluginAsync())!["spec"]!["config"]!["authToken"]!.GetValue<string>().Should().StartWith("${vault:twilio/");
    }
}
