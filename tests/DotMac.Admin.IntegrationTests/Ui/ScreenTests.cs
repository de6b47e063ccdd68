using System.Text.Json.Nodes;
using DotMac.Admin.IntegrationTests.Fixture;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DotMac.Admin.IntegrationTests.Ui;

/// <summary>Every page, light and dark, from a phone to a wide screen, without a mouse and without eyes.</summary>
[Collection(AdminCollection.Name)]
public sealed class ScreenTests(AdminFixture fixture)
{
    [Theory]
    [InlineData("phone", 360, 740, ColorScheme.Light)]
    [InlineData("phone-dark", 390, 844, ColorScheme.Dark)]
    [InlineData("desk-dark", 1280, 900, ColorScheme.Dark)]
    [InlineData("wide", 2560, 1200, ColorScheme.Light)]
    public async Task Pages_fit_and_are_usable_by_all(string name, int width, int height, ColorScheme scheme)
    {
        var tenant = await fixture.CreateTenantAsync();
        await tenant.ApplyAsync(new JsonObject
        {
            ["plugin"] = "twilio",
            ["config"] = new JsonObject { ["accountSid"] = AdminTenant.Account, ["authToken"] = "${vault:twilio/0123456789/auth_token}", ["phoneNumber"] = "+15005550006" },
        });
        await Operators.DegradedAsync(tenant, "Twilio does not accept the auth token: enter the one that the console shows; https://www.twilio.com/docs/errors/20003 says more");
        await Operators.TellAsync(fixture, tenant, "Degraded", "Twilio does not accept the auth token");
        var options = new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme };
        await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(tenant.Namespace, "edit", ("edit", tenant.Namespace)), options: options);
        var own = $"plugins/{tenant.Namespace}/twilio";
        foreach (var (page, path) in new[]
        {
            ("installed", "/"), ("catalog", "catalog"), ("entry", "catalog/twilio"), ("install", "catalog/twilio/install"), ("tenants", "tenants"), ("audit", "audit"), ("overview", own),
            ("usage", $"{own}?tab=usage"), ("events", $"{own}?tab=events"), ("configuration", $"{own}?tab=configuration"), ("versions", $"{own}?tab=versions"),
        })
        {
            await visitor.OpenAsync(path);
            await visitor.ScreenshotAsync($"{name}-{page}");
            await visitor.UsableByAllAsync();
            (await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).Should().BeLessThanOrEqualTo(0, $"{page} does not scroll sideways");
        }
    }

    [Fact]
    public async Task Everything_can_be_reached_with_the_keyboard()
    {
        var tenant = await fixture.CreateTenantAsync();
        await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(tenant.Namespace, "edit", ("edit", tenant.Namespace)));
        var page = visitor.Page;
        await visitor.OpenAsync("catalog");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Catalog" })).ToBeFocusedAsync();
        var skip = page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" });
        for (var i = 0; i < 10 && !await skip.EvaluateAsync<bool>("link => link === document.activeElement"); i++)
        {
            await page.Keyboard.PressAsync("Shift+Tab");
        }

        await Expect(skip).ToBeFocusedAsync();
        await Expect(skip).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByLabel("Search")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("twilio");
        await Expect(page.GetByLabel("Search")).ToHaveValueAsync("twilio");
        await Expect(page.Locator(".card")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Install Twilio SMS" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Credentials and settings" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("AC1");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("does not look right; it is written like AC").First).ToBeVisibleAsync();
    }
}
