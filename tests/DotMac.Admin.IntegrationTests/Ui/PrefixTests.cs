using DotMac.Admin.IntegrationTests.Fixture;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DotMac.Admin.IntegrationTests.Ui;

/// <summary>Pages below a prefix of the host, as an Ingress serves them, and without any other host.</summary>
[Collection(AdminCollection.Name)]
public sealed class PrefixTests(AdminFixture fixture)
{
    [Fact]
    public async Task Pages_work_below_a_prefix_and_load_nothing_from_elsewhere()
    {
        var tenant = await fixture.CreateTenantAsync();
        await using var instance = fixture.NewAdmin("--path-base", "/dotmac");
        await instance.StartAsync();
        await using var visitor = await fixture.VisitAsync(null, instance);
        var page = visitor.Page;
        var asked = new List<Uri>();
        page.Request += (_, request) => asked.Add(new Uri(request.Url));
        await page.GotoAsync("dotmac/catalog");
        await page.GetByLabel("Access token").FillAsync(await fixture.TokenAsync(tenant.Namespace, "edit", ("edit", tenant.Namespace)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Twilio SMS" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Install Twilio SMS" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Credentials and settings" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Installed" }).ClickAsync();
        await Expect(page.GetByText("Nothing is installed yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByText("You are signed out.")).ToBeVisibleAsync();
        asked.Should().OnlyContain(uri => uri.Authority == instance.Address.Authority && uri.AbsolutePath.StartsWith("/dotmac/"));
    }
}
