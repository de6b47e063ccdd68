using System.Text.Json.Nodes;
using DotMac.Admin.IntegrationTests.Fixture;
using DotMac.Testing.Browser;
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
        var reviewed = System.Text.RegularExpressions.Regex.Match((await page.Locator(".manifest pre").TextContentAsync())!, "authToken: (.*)").Groups[1].Value;
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
        (await tenant.PluginAsync())!["spec"]!["config"]!["authToken"]!.GetValue<string>().Should().Be(reviewed, "what was reviewed is what is stored");
    }

    [Fact]
    public async Task Credentials_that_are_refused_are_told_while_installing_and_can_be_corrected()
    {
        var tenant = await fixture.CreateTenantAsync();
        await using var visitor = await VisitAsync(tenant);
        var page = visitor.Page;
        await visitor.OpenAsync("catalog/twilio/install");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await page.GetByLabel("Account SID").FillAsync(AdminTenant.Account);
        await page.GetByLabel("Auth token").First.FillAsync("wrong");
        await page.GetByLabel("Phone number").FillAsync("+15005550006");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and review" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Install", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Stored in Kubernetes")).ToBeVisibleAsync();
        await Operators.DegradedAsync(tenant, "Twilio does not accept the auth token");
        await Expect(page.GetByText("Its own check says: Twilio does not accept the auth token")).ToBeVisibleAsync();
        await visitor.ScreenshotAsync("10-credentials-refused");
        await page.GetByRole(AriaRole.Link, new() { Name = "Correct the configuration" }).ClickAsync();
        await page.GetByLabel("Auth token").First.FillAsync("right-secret-of-the-test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and show what changes" }).ClickAsync();
        await Expect(page.Locator(".diff")).ToContainTextAsync("a new secret");
        (await page.ContentAsync()).Should().NotContain("right-secret-of-the-test");
        var before = (await tenant.PluginAsync())!["spec"]!["config"]!["authToken"]!.GetValue<string>();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        (await tenant.PluginAsync())!["spec"]!["config"]!["authToken"]!.GetValue<string>().Should().StartWith("${vault:twilio/").And.NotBe(before);
        fixture.Admin.Log.Should().NotContain("right-secret-of-the-test");
    }

    [Fact]
    public async Task A_configuration_is_compared_before_it_is_saved_and_not_over_what_somebody_else_saved()
    {
        var tenant = await Operators.InstalledAsync(fixture);
        await using var visitor = await VisitAsync(tenant);
        var page = visitor.Page;
        await visitor.OpenAsync($"plugins/{tenant.Namespace}/twilio?tab=configuration");
        await page.GetByLabel("Phone number").FillAsync("+15005550007");
        await page.GetByLabel("Memory, in MiB").FillAsync("300");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and show what changes" }).ClickAsync();
        await Expect(page.Locator(".diff")).ToContainTextAsync("phoneNumber");
        await Expect(page.Locator(".diff .removed").First).ToContainTextAsync("+15005550006");
        await Expect(page.Locator(".diff .added").First).ToContainTextAsync("+15005550007");
        await visitor.ScreenshotAsync("11-what-changes");
        await visitor.UsableByAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        var spec = (await tenant.PluginAsync())!["spec"]!;
        spec["config"]!["phoneNumber"]!.GetValue<string>().Should().Be("+15005550007");
        spec["config"]!["authToken"]!.GetValue<string>().Should().Be("${secret:twilio-credentials/auth_token}", "what is kept stays");
        spec["resources"]!["limits"]!["memory"]!.GetValue<string>().Should().Be("300Mi");

        // Statuses are written all the time and are in nobody's way.
        await page.GetByLabel("Phone number").FillAsync("+15005550008");
        await Operators.ActiveAsync(tenant);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and show what changes" }).ClickAsync();
        await Expect(page.Locator(".diff .added").First).ToContainTextAsync("+15005550008");

        await tenant.PatchAsync(new JsonObject { ["spec"] = new JsonObject { ["config"] = new JsonObject { ["phoneNumber"] = "+15005550009" } } });
        await Expect(page.GetByText("It was changed by somebody else")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("It was changed in between")).ToBeVisibleAsync();
        (await tenant.PluginAsync())!["spec"]!["config"]!["phoneNumber"]!.GetValue<string>().Should().Be("+15005550009");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the newest" }).ClickAsync();
        await Expect(page.GetByLabel("Phone number")).ToHaveValueAsync("+15005550009");
    }

    [Fact]
    public async Task A_plugin_is_stopped_started_restarted_and_removed_after_its_consequences_were_named()
    {
        var tenant = await Operators.InstalledAsync(fixture);
        await using var visitor = await VisitAsync(tenant);
        var page = visitor.Page;
        await visitor.OpenAsync($"plugins/{tenant.Namespace}/twilio");
        await page.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("calls to it fail until it is activated again");
        await visitor.ScreenshotAsync("12-deactivate");
        await visitor.UsableByAllAsync();

        // The Escape key takes it back.
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        (await tenant.PluginAsync())!["spec"]!["enabled"].Should().BeNull();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        (await tenant.PluginAsync())!["spec"]!["enabled"]!.GetValue<bool>().Should().BeFalse();
        await Operators.InactiveAsync(tenant);
        await Expect(page.Locator(".heading-state")).ToContainTextAsync("Inactive");
        await page.GetByRole(AriaRole.Button, new() { Name = "Activate" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Activate" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Restart" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Restart" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Restart" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        (await tenant.PluginAsync())!["metadata"]!["annotations"]!["plugins.dotmac.io/restartedAt"].Should().NotBeNull();

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" })).ToBeDisabledAsync();
        await dialog.GetByLabel("Type twilio to go on").FillAsync("twilio");
        await visitor.ScreenshotAsync("13-remove");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.GetByText("It was removed.")).ToBeVisibleAsync();
        (await tenant.PluginAsync()).Should().BeNull();
        await page.GetByRole(AriaRole.Link, new() { Name = "To the installed plugins" }).ClickAsync();
        await Expect(page.GetByText("Nothing is installed yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Versions_are_upgraded_and_rolled_back()
    {
        var tenant = await fixture.CreateTenantAsync();
        var definition = await Definitions.ApplyAsync(fixture, new JsonObject
        {
            ["displayName"] = "Two versions",
            ["category"] = "custom",
            ["defaultVersion"] = "1.0.0",
            ["versions"] = new JsonArray(
                new JsonObject { ["version"] = "1.0.0", ["image"] = "ghcr.io/dotmac/two:1.0.0" },
                new JsonObject { ["version"] = "1.1.0", ["image"] = "ghcr.io/dotmac/two:1.1.0" }),
        });
        await tenant.ApplyAsync(new JsonObject { ["plugin"] = definition, ["version"] = "1.0.0" }, "two");
        await Operators.ActiveAsync(tenant, "two");
        await tenant.WriteStatusAsync(new JsonObject { ["availableVersions"] = new JsonArray("1.1.0"), ["currentRevision"] = "two-2" }, "two");
        var uid = (await tenant.PluginAsync("two"))!["metadata"]!["uid"]!.GetValue<string>();
        foreach (var number in new[] { 1, 2 })
        {
            await fixture.CreateAsync($"apis/apps/v1/namespaces/{tenant.Namespace}/controllerrevisions", new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["name"] = $"two-{number}",
                    ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "dotmac-operator" },
                    ["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "plugins.dotmac.io/v1alpha1", ["kind"] = "TenantPlugin", ["name"] = "two", ["uid"] = uid, ["controller"] = true }),
                },
                ["data"] = new JsonObject { ["spec"] = number == 1 ? new JsonObject { ["version"] = "1.0.0", ["config"] = new JsonObject { ["old"] = true } } : new JsonObject { ["version"] = "1.0.0" } },
                ["revision"] = number,
            });
        }

        await using var visitor = await VisitAsync(tenant);
        var page = visitor.Page;
        await visitor.OpenAsync($"plugins/{tenant.Namespace}/two");
        await Expect(page.GetByText("Version 1.1.0 is available.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Versions" }).ClickAsync();
        await Expect(page.GetByText("Revision 2")).ToBeVisibleAsync();
        await visitor.ScreenshotAsync("14-versions");
        await visitor.UsableByAllAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Run version 1.1.0" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("the operator goes back to what runs now");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Upgrade" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        (await tenant.PluginAsync("two"))!["spec"]!["version"]!.GetValue<string>().Should().Be("1.1.0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back to revision 1" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Roll back to it" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        var spec = (await tenant.PluginAsync("two"))!["spec"]!;
        spec["version"]!.GetValue<string>().Should().Be("1.0.0");
        spec["config"]!["old"]!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public async Task A_plugin_that_others_need_is_removed_only_by_who_insists()
    {
        var tenant = await Operators.InstalledAsync(fixture);
        var needing = await Definitions.ApplyAsync(fixture, new JsonObject
        {
            ["displayName"] = "Needs Twilio",
            ["category"] = "custom",
            ["defaultVersion"] = "1.0.0",
            ["versions"] = new JsonArray(new JsonObject
            {
                ["version"] = "1.0.0",
                ["image"] = "ghcr.io/dotmac/needing:1.0.0",
                ["dependencies"] = new JsonArray(new JsonObject { ["plugin"] = "twilio", ["version"] = ">=1.0.0" }),
            }),
        });
        await tenant.ApplyAsync(new JsonObject { ["plugin"] = needing }, "needing");
        await using var visitor = await VisitAsync(tenant);
        var page = visitor.Page;
        await visitor.OpenAsync("/");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "needing" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "twilio", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("needing need it");
        await dialog.GetByLabel("Type twilio to go on").FillAsync("twilio");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Other plugins need it");
        (await tenant.PluginAsync())!["metadata"]!["deletionTimestamp"].Should().BeNull();
        await dialog.GetByLabel("Remove it although needing need it").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.GetByText("It was removed.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Use_and_events_are_shown_as_they_come()
    {
        var tenant = await Operators.InstalledAsync(fixture);
        await using var visitor = await VisitAsync(tenant);
        var page = visitor.Page;
        await visitor.OpenAsync($"plugins/{tenant.Namespace}/twilio?tab=usage");
        var start = DateTimeOffset.UtcNow.AddMinutes(1);
        for (var i = 0; i < 8; i++)
        {
            await Operators.ActiveAsync(tenant, calls: 1000 + (i * i * 60), at: start.AddMinutes(i * 2));
            await Expect(page.Locator(".figures dd").First).ToHaveTextAsync((1000 + (i * i * 60)).ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
        }

        await Expect(page.GetByRole(AriaRole.Img)).ToHaveCountAsync(2);
        await visitor.ScreenshotAsync("15-usage");
        await visitor.UsableByAllAsync();
        await page.GetByText("As a table").First.ClickAsync();
        await Expect(page.Locator(".chart").First.GetByRole(AriaRole.Cell).First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Tab, new() { Name = "Usage" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.GetByText("Nothing happened lately")).ToBeVisibleAsync();
        await Operators.TellAsync(fixture, tenant, "Activated", "It runs now");
        await Expect(page.GetByText("It runs now")).ToBeVisibleAsync();
        await visitor.ScreenshotAsync("16-events");
        await visitor.UsableByAllAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Logs" }).ClickAsync();
        await Expect(page.GetByText("Nothing was logged yet.")).ToBeVisibleAsync();
        await visitor.UsableByAllAsync();
    }

    [Fact]
    public async Task One_form_installs_for_several_tenants()
    {
        var (first, second) = (await fixture.CreateTenantAsync(), await fixture.CreateTenantAsync());
        var token = await fixture.TokenAsync(first.Namespace, "both", ("edit", first.Namespace), ("edit", second.Namespace));
        await using var visitor = await fixture.VisitAsync(token);
        var page = visitor.Page;
        await visitor.OpenAsync("catalog/twilio/install");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Next" })).ToBeDisabledAsync();
        await page.GetByLabel(first.Id, new() { Exact = true }).CheckAsync();
        await page.GetByLabel(second.Id, new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Name of the installation").FillAsync("sms");
        await visitor.UsableByAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await page.GetByLabel("Account SID").FillAsync(AdminTenant.Account);
        await page.GetByLabel("Auth token").First.FillAsync("${secret:twilio-credentials/auth_token}");
        await page.GetByLabel("Phone number").FillAsync("+15005550006");
        await page.GetByText("Limits and sandbox").ClickAsync();
        await page.GetByLabel("Memory, in MiB").FillAsync("128");
        await page.GetByLabel("Confine its network").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and review" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Install for 2 tenants" }).ClickAsync();
        await Expect(page.GetByText("Stored in Kubernetes")).ToHaveCountAsync(2);
        foreach (var tenant in new[] { first, second })
        {
            var spec = (await tenant.PluginAsync("sms"))!["spec"]!;
            spec["config"]!["authToken"]!.GetValue<string>().Should().Be("${secret:twilio-credentials/auth_token}");
            spec["resources"]!["limits"]!["memory"]!.GetValue<string>().Should().Be("128Mi");
            spec["sandbox"]!["enabled"]!.GetValue<bool>().Should().BeFalse();
        }
    }

    [Fact]
    public async Task What_could_not_be_installed_after_all_is_tried_again_for_those_tenants_alone()
    {
        var (first, second) = (await fixture.CreateTenantAsync(), await fixture.CreateTenantAsync());
        await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(first.Namespace, "both", ("edit", first.Namespace), ("edit", second.Namespace)));
        var page = visitor.Page;
        await visitor.OpenAsync("catalog/twilio/install");
        await page.GetByLabel(first.Id, new() { Exact = true }).CheckAsync();
        await page.GetByLabel(second.Id, new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await page.GetByLabel("Account SID").FillAsync(AdminTenant.Account);
        await page.GetByLabel("Auth token").First.FillAsync("a-secret-of-the-test");
        await page.GetByLabel("Phone number").FillAsync("+15005550006");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and review" }).ClickAsync();
        await Expect(page.GetByText("Checked with Kubernetes")).ToBeVisibleAsync();

        // Somebody else is quicker.
        await second.ApplyAsync(new JsonObject { ["plugin"] = "twilio" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Install for 2 tenants" }).ClickAsync();
        await Expect(page.GetByText("Stored in Kubernetes")).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is installed already");
        (await second.PluginAsync())!["spec"]!["config"].Should().BeNull();
        await page.GetByRole(AriaRole.Button, new() { Name = "Correct and try again" }).ClickAsync();
        await Expect(page.GetByLabel("Phone number")).ToHaveValueAsync("+15005550006");
        await page.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await Expect(page.GetByLabel(first.Id, new() { Exact = true })).Not.ToBeCheckedAsync();
        await page.GetByLabel("Name of the installation").FillAsync("second-twilio");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and review" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Install", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Stored in Kubernetes")).ToBeVisibleAsync();
        (await second.PluginAsync("second-twilio"))!["spec"]!["config"]!["authToken"]!.GetValue<string>().Should().StartWith("${vault:second-twilio/");
    }

    [Fact]
    public async Task A_form_of_lists_and_maps_writes_what_the_schema_describes()
    {
        var tenant = await fixture.CreateTenantAsync();
        await using var visitor = await VisitAsync(tenant);
        var page = visitor.Page;
        await visitor.OpenAsync("catalog/network-automation/install");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        var devices = page.GetByRole(AriaRole.Group, new() { Name = "Devices" }).First;
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to Devices" }).ClickAsync();
        await devices.GetByLabel("Name").First.FillAsync("router-1");
        await devices.GetByLabel("Host").FillAsync("192.0.2.1");
        await devices.GetByText("More settings (3)").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to Groups" }).ClickAsync();
        await devices.GetByLabel("Entry 1").FillAsync("edge");
        await visitor.ScreenshotAsync("17-lists-and-maps");
        await visitor.UsableByAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and review" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Install", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Stored in Kubernetes")).ToBeVisibleAsync();
        var config = (await tenant.PluginAsync("network-automation"))!["spec"]!["config"]!;
        config["devices"]!["router-1"]!["host"]!.GetValue<string>().Should().Be("192.0.2.1");
        config["devices"]!["router-1"]!["groups"]!.AsArray().Single()!.GetValue<string>().Should().Be("edge");
    }

    private async Task<Visitor> VisitAsync(AdminTenant tenant) => await fixture.VisitAsync(await fixture.TokenAsync(tenant.Namespace, "edit", ("edit", tenant.Namespace)));
}
