using System.Diagnostics;
using DotMac.EndToEndTests.Fixture;
using DotMac.Testing;
using DotMac.Testing.Browser;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace DotMac.EndToEndTests;

/// <summary>What a tenant's administrator does in a browser, on a real cluster, with what the demo printed and nothing else.</summary>
[Collection(DemoCollection.Name)]
public sealed class WebUiTests(DemoFixture demo, ITestOutputHelper output)
{
    private const string Namespace = "tenant-acme";
    private const string Name = "sms-web";

    // A plugin's pod is pulled, started and asked how it is.
    private const float Patience = 240_000;

    [Fact]
    public async Task A_plugin_is_installed_used_watched_and_removed_in_a_browser()
    {
        var (address, token) = Printed();
        await using var chromium = new Chromium();
        await using var visitor = await chromium.VisitAsync(address, null);
        var page = visitor.Page;
        var walked = Stopwatch.StartNew();
        await visitor.SignInAsync(token);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "twilio", Exact = true })).ToBeVisibleAsync();
        await visitor.ScreenshotAsync("demo-01-installed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Install a plugin" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Install Twilio SMS" }).ClickAsync();

        // The tenant has the demo's Twilio already; this one is another account's.
        await page.GetByLabel("Name of the installation").FillAsync(Name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await page.GetByLabel("Account SID").FillAsync("${secret:twilio-credentials/account_sid}");
        await page.GetByLabel("Auth token").First.FillAsync("${secret:twilio-credentials/auth_token}");
        await page.GetByLabel("Phone number").FillAsync("+15005550006");
        await page.GetByText("More settings (2)").ClickAsync();
        await page.GetByLabel("API address").FillAsync("http://twilio-stand-in.dotmac-demo.svc.cluster.local");
        await page.GetByText("Limits and sandbox").ClickAsync();
        await page.GetByLabel("Confine its network").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and review" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Install", Exact = true }).ClickAsync();
        await Expect(page.GetByText("The credentials were tested and accepted.")).ToBeVisibleAsync(new() { Timeout = Patience });
        output.WriteLine($"from signing in to Active: {walked.Elapsed.TotalSeconds:0.0} s, without the time in which a person reads and types");
        await visitor.ScreenshotAsync("demo-02-active");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open its page" }).ClickAsync();
        await Expect(page.GetByText("It says that it works")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test the credentials now" }).ClickAsync();
        await Expect(page.GetByText("The credentials were tested and accepted.")).ToBeVisibleAsync(new() { Timeout = 60_000 });

        await page.GetByRole(AriaRole.Tab, new() { Name = "Logs" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("{", new() { Timeout = 60_000 });
        await visitor.ScreenshotAsync("demo-03-logs");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Events" }).ClickAsync();
        await Expect(page.GetByText("Activated").First).ToBeVisibleAsync(new() { Timeout = 60_000 });

        await page.GetByRole(AriaRole.Tab, new() { Name = "Configuration" }).ClickAsync();
        await page.GetByLabel("Phone number").FillAsync("+15005550007");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and show what changes" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await Eventually.BeTrueAsync(
            async () => await DemoFixture.GetAsync(Namespace, "tenantplugin", Name) is { } plugin
                && plugin["status"]?["observedGeneration"]?.GetValue<long>() == plugin["metadata"]!["generation"]!.GetValue<long>()
                && plugin["status"]!["phase"]!.GetValue<string>() == "Active" && plugin["status"]!["rollout"] is null,
            TimeSpan.FromMinutes(4),
            "it runs with the new configuration");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Versions" }).ClickAsync();
        await Expect(page.GetByText("Revision 2")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back to revision 1" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Roll back to it" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        (await DemoFixture.GetAsync(Namespace, "tenantplugin", Name))!["spec"]!["config"]!["phoneNumber"]!.GetValue<string>().Should().Be("+15005550006");

        await page.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await Expect(page.Locator(".heading-state")).ToContainTextAsync("Inactive", new() { Timeout = Patience });
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await dialog.GetByLabel($"Type {Name} to go on").FillAsync(Name);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.GetByText("It was removed.")).ToBeVisibleAsync(new() { Timeout = Patience });
        (await DemoFixture.GetAsync(Namespace, "tenantplugin", Name)).Should().BeNull();
    }

    private (Uri Address, string Token) Printed()
    {
        var lines = demo.Output.Split('\n').Select(static line => line.Trim()).ToList();
        string After(string word) => lines.Last(line => line.StartsWith(word + " ", StringComparison.Ordinal))[word.Length..].Trim();
        return (new Uri(After("address")), After("token"));
    }
}
