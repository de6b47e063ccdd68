using System.Net;
using DotMac.Admin.IntegrationTests.Fixture;
using DotMac.Testing.Faults;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DotMac.Admin.IntegrationTests.Ui;

/// <summary>Connections break: between browser and service, and between service and API server.</summary>
[Collection(AdminCollection.Name)]
public sealed class ConnectionTests(AdminFixture fixture)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Patient = new() { Timeout = 60_000 };

    [Fact]
    public async Task A_page_says_that_its_connection_is_lost_and_goes_on_where_it_was()
    {
        var tenant = await Operators.InstalledAsync(fixture);
        var directory = Directory.CreateTempSubdirectory("dotmac-connection-");
        try
        {
            // The same key before and after, as replicas have it.
            var key = Path.Combine(directory.FullName, "key");
            await File.WriteAllTextAsync(key, "the-key-of-this-test-which-is-long-enough-1");
            await using var instance = fixture.NewAdmin("--session-key-file", key);
            await instance.StartAsync();
            await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(tenant.Namespace, "edit", ("edit", tenant.Namespace)), instance);
            visitor.MayComplain = true;
            var page = visitor.Page;
            await visitor.OpenAsync($"plugins/{tenant.Namespace}/twilio");
            await Expect(page.GetByText("It says that it works")).ToBeVisibleAsync();
            await instance.StopAsync();
            await Expect(page.GetByText("The connection is lost.")).ToBeVisibleAsync(Patient);
            await Expect(page.GetByText("It says that it works")).ToBeVisibleAsync();
            await visitor.ScreenshotAsync("20-connection-lost");
            await Operators.DegradedAsync(tenant, "Twilio does not answer");
            await instance.StartAsync();

            // The process is another one: the page begins anew by itself, still signed in, at the same place, with what is true now.
            await Expect(page.GetByText("It says that something is wrong")).ToBeVisibleAsync(Patient);
            await Expect(page.GetByText("The connection is lost.")).ToBeHiddenAsync();
            page.Url.Should().EndWith($"plugins/{tenant.Namespace}/twilio");
            visitor.Complaints.Should().OnlyContain(
                static text => text.Contains("WebSocket") || text.Contains("ERR_CONNECTION") || text.Contains("Connection") || text.Contains("circuit", StringComparison.OrdinalIgnoreCase) || text.Contains("Cannot send data"),
                "of the lost connection a browser complains, and of nothing else");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_restart_without_a_shared_key_asks_to_sign_in_and_comes_back_to_the_page()
    {
        var tenant = await Operators.InstalledAsync(fixture);
        await using var instance = fixture.NewAdmin();
        await instance.StartAsync();
        var token = await fixture.TokenAsync(tenant.Namespace, "edit", ("edit", tenant.Namespace));
        await using var visitor = await fixture.VisitAsync(token, instance);
        visitor.MayComplain = true;
        var page = visitor.Page;
        await visitor.OpenAsync($"plugins/{tenant.Namespace}/twilio");
        await Expect(page.GetByText("It says that it works")).ToBeVisibleAsync();
        await instance.StopAsync();
        await Expect(page.GetByText("The connection is lost.")).ToBeVisibleAsync(Patient);
        await instance.StartAsync();
        await Expect(page.GetByLabel("Access token")).ToBeVisibleAsync(Patient);
        await page.GetByLabel("Access token").FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByText("It says that it works")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_short_interruption_loses_nothing_that_was_typed_in()
    {
        var tenant = await fixture.CreateTenantAsync();
        await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(tenant.Namespace, "edit", ("edit", tenant.Namespace)));
        visitor.MayComplain = true;
        var page = visitor.Page;
        await visitor.OpenAsync("catalog/twilio/install");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await page.GetByLabel("Phone number").FillAsync("+15005550006");
        await page.Context.SetOfflineAsync(true);
        await page.EvaluateAsync("() => Blazor._internal.forceCloseConnection()");
        await Expect(page.GetByText("The connection is lost.")).ToBeVisibleAsync(Patient);
        await page.Context.SetOfflineAsync(false);
        await Expect(page.GetByText("The connection is lost.")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Expect(page.GetByLabel("Phone number")).ToHaveValueAsync("+15005550006");
        await page.GetByLabel("Account SID").FillAsync(AdminTenant.Account);
        await page.GetByLabel("Auth token").First.FillAsync("${secret:twilio-credentials/auth_token}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and review" }).ClickAsync();
        await Expect(page.Locator(".manifest pre")).ToContainTextAsync("+15005550006");
    }

    [Fact]
    public async Task A_page_says_that_it_is_stale_while_the_API_server_is_away()
    {
        var tenant = await Operators.InstalledAsync(fixture);
        await using var network = new TcpFront(new IPEndPoint(IPAddress.Loopback, fixture.ControlPlane.Host.Port));
        await using var instance = fixture.NewAdmin(network);
        await instance.StartAsync();
        await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(tenant.Namespace, "edit", ("edit", tenant.Namespace)), instance);
        var page = visitor.Page;
        await visitor.OpenAsync($"plugins/{tenant.Namespace}/twilio");
        await Expect(page.GetByText("It says that it works")).ToBeVisibleAsync();
        network.Refuses = true;
        network.Reset();
        await Expect(page.GetByText("Kubernetes cannot be reached since")).ToBeVisibleAsync(Patient);
        await Expect(page.GetByText("It says that it works")).ToBeVisibleAsync();
        await visitor.ScreenshotAsync("21-stale");
        await visitor.UsableByAllAsync();

        // A page that is opened now says why it cannot be shown, and how to go on. The token was remembered for a moment.
        await using var another = await fixture.VisitAsync(null, instance, new BrowserNewContextOptions { ExtraHTTPHeaders = [new("Authorization", "Bearer another-token")] });
        another.MayComplain = true;
        await another.Page.GotoAsync("/");
        await Expect(another.Page.GetByRole(AriaRole.Heading, new() { Name = "Not available now" })).ToBeVisibleAsync();
        await Expect(another.Page.GetByRole(AriaRole.Link, new() { Name = "Try again" })).ToBeVisibleAsync();

        // What cannot be done says so, and can be tried again.
        await page.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert)).ToContainTextAsync("Not available now", new() { Timeout = 60_000 });
        await Operators.DegradedAsync(tenant, "Twilio does not answer");
        network.Calm();
        await Expect(page.GetByText("Kubernetes cannot be reached since")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Expect(page.GetByText("It says that something is wrong")).ToBeVisibleAsync(Patient);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        (await tenant.PluginAsync())!["spec"]!["enabled"]!.GetValue<bool>().Should().BeFalse();
    }
}
