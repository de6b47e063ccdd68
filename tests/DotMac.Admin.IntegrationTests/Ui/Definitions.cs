using System.Text.Json.Nodes;
using DotMac.Admin.IntegrationTests.Fixture;

namespace DotMac.Admin.IntegrationTests.Ui;

/// <summary>Entries of the catalog that tests make for themselves.</summary>
internal static class Definitions
{
    private static int _made;

    /// <summary>Makes one and waits until the service knows it; gives its id.</summary>
    public static async Task<string> ApplyAsync(AdminFixture fixture, JsonObject spec)
    {
        var id = $"entry-{Interlocked.Increment(ref _made)}";
        await fixture.CreateAsync("apis/plugins.dotmac.io/v1alpha1/plugindefinitions", new JsonObject
        {
            ["apiVersion"] = "plugins.dotmac.io/v1alpha1",
            ["kind"] = "PluginDefinition",
            ["metadata"] = new JsonObject { ["name"] = id },
            ["spec"] = spec,
        });
        await AdminTenant.EventuallyAsync(() => fixture.Platform.GetAsync($"/api/admin/catalog/{id}"), static a => a.Status == System.Net.HttpStatusCode.OK, "the service knows the entry");
        return id;
    }
}
