using System.Text.Json.Nodes;
using DotMac.Admin.Access;
using DotMac.Admin.Hosting;
using DotMac.Admin.Requests;
using DotMac.Admin.Routes;
using DotMac.Admin.Tenants;
using DotMac.Admin.Views;
using DotMac.Admin.Waiting;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Writing;

/// <summary>What all changes of an installed plugin have in common: it is found, the right is asked for, it is written, and perhaps waited for.</summary>
internal sealed class Changer(PluginLocator locator, PluginWriter writer, Answers answers, ChangeWaiter waiter)
{
    /// <summary>Finds the plugin of a request and asks for the right to do something with it.</summary>
    public ValueTask<Target> FindAsync(HttpContext http, string id, string verb)
    {
        var parameters = new Parameters(http.Request.Query);
        var tenant = parameters.Text("tenant_id");
        parameters.Check();
        return locator.FindAsync(CallerGate.CallerOf(http), id, tenant, verb, http.RequestAborted);
    }

    /// <summary>Finds and changes it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="id">Which plugin.</param>
    /// <param name="result">What was done then.</param>
    /// <param name="intent">What is to be changed; null for nothing.</param>
    /// <param name="wait">For how long it is waited for; null for not at all.</param>
    public async Task<ChangeAnswer> ChangeAsync(HttpContext http, string id, string result, Func<TenantPlugin, JsonObject?> intent, TimeSpan? wait) =>
        await ChangeAsync(http, await FindAsync(http, id, Verbs.Patch), result, intent, wait);

    /// <summary>Changes one that was found.</summary>
    public async Task<ChangeAnswer> ChangeAsync(HttpContext http, Target target, string result, Func<TenantPlugin, JsonObject?> intent, TimeSpan? wait, bool dryRun = false)
    {
        var (plugin, changed) = await writer.PatchAsync(
            CallerGate.CallerOf(http), target, intent, EntityTags.Required(http.Request), dryRun, http.RequestAborted);
        if (wait is { } patience && !dryRun)
        {
            plugin = await waiter.SettleAsync(plugin, patience, http.RequestAborted);
        }

        return answers.Changed(http, changed ? result : "unchanged", plugin, target.Tenant, dryRun: dryRun);
    }

    /// <summary>The answer where there is nothing to change.</summary>
    public ChangeAnswer Unchanged(HttpContext http, Target target) => answers.Changed(http, "unchanged", target.Plugin, target.Tenant);
}
