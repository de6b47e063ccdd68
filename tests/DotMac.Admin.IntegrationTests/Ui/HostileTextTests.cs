using System.Text.Json.Nodes;
using DotMac.Admin.IntegrationTests.Fixture;
using DotMac.Testing.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DotMac.Admin.IntegrationTests.Ui;

/// <summary>Texts that tenants, plugins and catalogs choose are texts, wherever they are shown.</summary>
[Collection(AdminCollection.Name)]
public sealed class HostileTextTests(AdminFixture fixture)
{
    private const string Attack = "\"'><img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script><a href=\"javascript:window.hacked=1\">x</a>{{7*7}}";

    [Fact]
    public async Task No_text_of_others_becomes_a_part_of_a_page()
    {
        var tenant = await fixture.CreateTenantAsync();
        var definition = await Definitions.ApplyAsync(fixture, new JsonObject
        {
            ["displayName"] = Attack,
            ["description"] = Attack,
            ["author"] = Attack,
            ["category"] = "custom",
            ["defaultVersion"] = "1.0.0",
            ["versions"] = new JsonArray(new JsonObject
            {
                ["version"] = "1.0.0",
                ["image"] = "ghcr.io/dotmac/hostile:1.0.0",
                ["deprecated"] = Attack,
                ["operations"] = new JsonArray(new JsonObject { ["name"] = "attack", ["description"] = Attack }),
                ["configSchema"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("text"),
                    ["properties"] = new JsonObject
                    {
                        ["text"] = new JsonObject { ["type"] = "string", ["title"] = Attack, ["description"] = Attack, ["default"] = Attack },
                        ["choice"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(Attack, "other"), ["title"] = "Choice" },
                        ["secret"] = new JsonObject { ["type"] = "string", ["x-dotmac-secret"] = true, ["title"] = "Secret" },
                        ["map"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } },
                    },
                },
            }),
        });
        await tenant.ApplyAsync(
            new JsonObject
            {
                ["plugin"] = definition,
                ["config"] = new JsonObject { ["text"] = Attack, ["choice"] = Attack, ["map"] = new JsonObject { [Attack] = Attack } },
            },
            "hostile");
        await Operators.ActiveAsync(tenant, "hostile");
        await tenant.WriteStatusAsync(
            new JsonObject
            {
                ["phase"] = "Degraded",
                ["version"] = Attack,
                ["image"] = Attack,
                ["availableVersions"] = new JsonArray(Attack),
                ["health"] = new JsonObject { ["state"] = "Degraded", ["message"] = Attack, ["checks"] = new JsonArray(new JsonObject { ["name"] = Attack, ["state"] = "Degraded", ["message"] = Attack }) },
                ["conditions"] = new JsonArray(Operators.Condition("Ready", "False", "ChecksFailed", Attack), Operators.Condition("Healthy", "False", "ChecksFailed", Attack)),
            },
            "hostile");
        await Operators.TellAsync(fixture, tenant, "Attacked", Attack, "hostile");
        await using var visitor = await fixture.VisitAsync(await fixture.TokenAsync(tenant.Namespace, "edit", ("edit", tenant.Namespace)));
        foreach (var path in new[]
        {
            "/", "catalog", $"catalog?q={Uri.EscapeDataString(Attack)}", $"catalog/{definition}", $"catalog/{definition}/install", "tenants", "audit", $"?q={Uri.EscapeDataString(Attack)}",
            $"?tenant={Uri.EscapeDataString(Attack)}", $"plugins/{tenant.Namespace}/hostile", $"plugins/{tenant.Namespace}/hostile?tab=usage", $"plugins/{tenant.Namespace}/hostile?tab=events",
            $"plugins/{tenant.Namespace}/hostile?tab=configuration", $"plugins/{tenant.Namespace}/hostile?tab=versions", $"plugins/{tenant.Namespace}/{Uri.EscapeDataString(Attack)}",
            $"plugins/{tenant.Namespace}/hostile?tab={Uri.EscapeDataString(Attack)}", $"catalog/{Uri.EscapeDataString(Attack)}", $"nothing/{Uri.EscapeDataString(Attack)}",
        })
        {
            if (path.StartsWith("nothing", StringComparison.Ordinal))
            {
                visitor.MayComplain = true;
            }

            await visitor.OpenAsync(path);
            await UnharmedAsync(visitor, path);
        }

        visitor.Complaints.Should().OnlyContain(static text => text.Contains("404"), "of a page that is not there a browser complains, and of nothing else");
        await visitor.OpenAsync($"plugins/{tenant.Namespace}/hostile");
        await Expect(visitor.Page.GetByText(Attack).First).ToBeVisibleAsync();
        await visitor.OpenAsync($"plugins/{tenant.Namespace}/hostile?tab=configuration");
        await Expect(visitor.Page.Locator("textarea").First).ToHaveValueAsync(Attack);
        await visitor.ScreenshotAsync("19-hostile-texts");

        // Answers of refusals hold what was typed in, too.
        await visitor.OpenAsync($"catalog/{definition}/install");
        await visitor.Page.GetByLabel("Name of the installation").FillAsync(Attack);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Check and review" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        await UnharmedAsync(visitor, "a refusal");
        await visitor.Page.GotoAsync($"sign-in?why={Uri.EscapeDataString(Attack)}&to={Uri.EscapeDataString("/" + Attack)}");
        await UnharmedAsync(visitor, "sign-in");
    }

    [Fact]
    public async Task Pages_may_run_no_script_that_stands_in_them()
    {
        var answer = await fixture.Client(null).GetAsync("/sign-in");
        var policy = answer.Headers["Content-Security-Policy"];
        policy.Should().Contain("default-src 'none'").And.Contain("script-src 'self';").And.Contain("style-src 'self';").And.Contain("frame-ancestors 'none'").And.Contain("base-uri 'self'");
        policy.Split(';').Single(static part => part.TrimStart().StartsWith("script-src", StringComparison.Ordinal)).Should().NotContain("unsafe");
        answer.Headers["X-Frame-Options"].Should().Be("DENY");
    }

    private static async Task UnharmedAsync(Visitor visitor, string where)
    {
        (await visitor.Page.EvaluateAsync<bool>("() => window.hacked === undefined")).Should().BeTrue(where);
        (await visitor.Page.Locator("img, script:not([src]), a[href^='javascript']").CountAsync()).Should().Be(0, where);
        (await visitor.Page.ContentAsync()).Should().NotContain(">49<", where);
    }
}
