using System.Net;
using System.Net.WebSockets;
using DotMac.Admin.IntegrationTests.Fixture;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DotMac.Admin.IntegrationTests.Ui;

/// <summary>Signing in and out, and what others may try.</summary>
[Collection(AdminCollection.Name)]
public sealed class SessionTests(AdminFixture fixture)
{
    [Fact]
    public async Task Who_signs_in_comes_to_the_page_that_was_asked_for_and_out_again()
    {
        var tenant = await fixture.CreateTenantAsync();
        await using var visitor = await fixture.VisitAsync(null);

        // Of a page that is not there a browser complains.
        visitor.MayComplain = true;
        var page = visitor.Page;
        await page.GotoAsync("catalog/twilio?x=1");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in\\?to="));
        await visitor.ScreenshotAsync("18-sign-in");
        await visitor.UsableByAllAsync();
        await page.GetByLabel("Access token").FillAsync("nobodys-token");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByText("This token is nobody's")).ToBeVisibleAsync();
        await visitor.UsableByAllAsync();

        // As people paste it: with what stood around it.
        await page.GetByLabel("Access token").FillAsync($"  Bearer {await fixture.TokenAsync(tenant.Namespace, "view", ("view", tenant.Namespace))} ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Twilio SMS" })).ToBeVisibleAsync();
        new Uri(page.Url).PathAndQuery.Should().Be("/catalog/twilio?x=1");

        var cookie = (await page.Context.CookiesAsync()).Single(static c => c.Name == "dotmac-session");
        cookie.HttpOnly.Should().BeTrue();
        cookie.SameSite.Should().Be(SameSiteAttribute.Lax);
        cookie.Value.Should().NotContain("eyJ", "the token is encrypted");

        await page.GotoAsync("no-such-page");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Not found" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByText("You are signed out.")).ToBeVisibleAsync();
        await page.GotoAsync("/");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));
    }

    [Fact]
    public async Task An_open_page_ends_when_its_token_does()
    {
        var tenant = await fixture.CreateTenantAsync();
        await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(tenant.Namespace, "leaving", ("view", tenant.Namespace)));
        await Expect(visitor.Page.GetByText("Nothing is installed yet")).ToBeVisibleAsync();
        await fixture.ControlPlane.SendAsync(HttpMethod.Delete, $"api/v1/namespaces/{tenant.Namespace}/serviceaccounts/leaving");
        await Expect(visitor.Page.GetByText("You were signed out")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    [Theory]
    [InlineData("//elsewhere.example/")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    public async Task Nobody_is_sent_elsewhere_after_signing_in(string to)
    {
        var tenant = await fixture.CreateTenantAsync();
        await using var visitor = await fixture.VisitAsync(null);
        var page = visitor.Page;
        await page.GotoAsync($"sign-in?to={Uri.EscapeDataString(to)}");
        await page.GetByLabel("Access token").FillAsync(await fixture.TokenAsync(tenant.Namespace, "view", ("view", tenant.Namespace)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Installed plugins" })).ToBeVisibleAsync();
        new Uri(page.Url).Authority.Should().Be(fixture.Admin.Address.Authority);
    }

    [Fact]
    public async Task A_proxy_in_front_signs_in_with_the_token_that_it_passes()
    {
        var tenant = await fixture.CreateTenantAsync();
        var token = await fixture.TokenAsync(tenant.Namespace, "view", ("view", tenant.Namespace));
        foreach (var (name, value) in new[] { ("Authorization", $"Bearer {token}"), ("X-Forwarded-Access-Token", token), ("X-Auth-Request-Access-Token", token) })
        {
            await using var visitor = await fixture.VisitAsync(null, options: new BrowserNewContextOptions { ExtraHTTPHeaders = [new(name, value)] });
            await visitor.OpenAsync("/");
            await Expect(visitor.Page.GetByText("Nothing is installed yet")).ToBeVisibleAsync();
            (await visitor.Page.Context.CookiesAsync()).Should().NotContain(static c => c.Name == "dotmac-session");
        }
    }

    [Fact]
    public async Task What_pages_of_other_sites_send_is_refused()
    {
        var tenant = await fixture.CreateTenantAsync();
        var token = await fixture.TokenAsync(tenant.Namespace, "edit", ("edit", tenant.Namespace));
        await using var visitor = await fixture.VisitAsync(token);
        var cookies = string.Join("; ", (await visitor.Page.Context.CookiesAsync()).Select(static c => $"{c.Name}={c.Value}"));
        var stranger = fixture.Client(null);
        foreach (var path in new[] { "/session", "/sign-out" })
        {
            var elsewhere = await stranger.PostAsync(path, null, ("Cookie", cookies), ("Origin", "https://elsewhere.example"));
            elsewhere.Expect(HttpStatusCode.Forbidden).Headers.Should().NotContainKey("Set-Cookie");
        }

        // Without a form of this service neither.
        var without = await stranger.PostAsync("/sign-out", null, ("Cookie", cookies));
        without.Headers.Should().NotContainKey("Set-Cookie");
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookies);
        socket.Options.SetRequestHeader("Origin", "https://elsewhere.example");
        var connecting = () => socket.ConnectAsync(new Uri($"ws://{fixture.Admin.Address.Authority}/_blazor"), CancellationToken.None);
        (await connecting.Should().ThrowAsync<WebSocketException>()).Which.Message.Should().Contain("403");

        // And the API takes no cookie at all.
        (await stranger.GetAsync("/api/admin/plugins", ("Cookie", cookies))).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Proxies_that_change_the_host_say_what_it_was()
    {
        var tenant = await fixture.CreateTenantAsync();
        await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(tenant.Namespace, "edit", ("edit", tenant.Namespace)));
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", string.Join("; ", (await visitor.Page.Context.CookiesAsync()).Select(static c => $"{c.Name}={c.Value}")));
        socket.Options.SetRequestHeader("Origin", "https://plugins.example");
        socket.Options.SetRequestHeader("X-Forwarded-Host", "plugins.example, inner.example");
        await socket.ConnectAsync(new Uri($"ws://{fixture.Admin.Address.Authority}/_blazor"), CancellationToken.None);
        socket.State.Should().Be(WebSocketState.Open);
    }

    [Fact]
    public async Task A_shared_key_lets_another_replica_and_a_restarted_one_go_on()
    {
        var tenant = await fixture.CreateTenantAsync();
        var directory = Directory.CreateTempSubdirectory("dotmac-session-");
        try
        {
            var key = Path.Combine(directory.FullName, "key");
            await File.WriteAllTextAsync(key, "the-key-of-today-which-is-long-enough-0001\nthe-key-of-yesterday-long-enough-000002\n");
            var old = Path.Combine(directory.FullName, "old");
            await File.WriteAllTextAsync(old, "the-key-of-yesterday-long-enough-000002\n");
            await using var before = fixture.NewAdmin("--session-key-file", old);
            await before.StartAsync();
            await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(tenant.Namespace, "view", ("view", tenant.Namespace)), before);
            var cookies = string.Join("; ", (await visitor.Page.Context.CookiesAsync()).Select(static c => $"{c.Name}={c.Value}"));
            await using var after = fixture.NewAdmin("--session-key-file", key);
            await after.StartAsync();
            (await fixture.Client(null, after).GetAsync("/", ("Cookie", cookies))).Expect(HttpStatusCode.OK);
            (await fixture.Client(null).GetAsync("/", ("Cookie", cookies))).Expect(HttpStatusCode.Redirect);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
