using System.Globalization;
using DotMac.Admin.Access;
using DotMac.Admin.Configuring;
using DotMac.Admin.Hosting;
using DotMac.Admin.Installing;
using DotMac.Admin.Requests;
using DotMac.Admin.Tenants;
using DotMac.Admin.Views;
using DotMac.Admin.Waiting;
using DotMac.Admin.Writing;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Routes;

/// <summary>What is done to plugins: written with the caller's own token.</summary>
internal static class PluginWrites
{
    private const int LongestWait = 300;

    [Checked]
    public static async Task<IResult> InstallAsync(HttpContext http, InstallRequest request, PluginLocator locator, Installer installer, Answers answers, ChangeWaiter waiter)
    {
        var wait = WaitOf(http);
        var caller = CallerGate.CallerOf(http);
        var (ns, tenant) = await locator.TenantAsync(caller, request.TenantId, Verbs.Create, http.RequestAborted);
        var (made, warnings) = await installer.InstallAsync(caller, request, ns, tenant, IdempotencyKeys.MarkOf(http), null, http.RequestAborted);
        if (request.DryRun == true)
        {
            return TypedResults.Ok(answers.Changed(http, "installed", made, tenant, warnings, dryRun: true));
        }

        var plugin = await AfterAsync(http, made, wait, waiter);
        return TypedResults.Created(
            $"{http.Request.PathBase}/api/admin/plugins/{plugin.Metadata.Name}?tenant_id={Uri.EscapeDataString(tenant)}", answers.Changed(http, "installed", plugin, tenant, warnings));
    }

    [Checked]
    public static Task<ChangeAnswer> ActivateAsync(HttpContext http, string id, Changer changer) =>
        changer.ChangeAsync(http, id, "activated", static plugin => Intents.Enable(plugin, true), WaitOf(http));

    [Checked]
    public static Task<ChangeAnswer> DeactivateAsync(HttpContext http, string id, Changer changer) =>
        changer.ChangeAsync(http, id, "deactivated", static plugin => Intents.Enable(plugin, false), WaitOf(http));

    [Checked]
    public static Task<ChangeAnswer> RestartAsync(HttpContext http, string id, Changer changer, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return changer.ChangeAsync(http, id, "restarted", plugin => Intents.Annotate(plugin, Annotations.RestartedAt, now), WaitOf(http));
    }

    [Checked]
    public static async Task<ChangeAnswer> ConfigureAsync(HttpContext http, string id, ConfigRequest request, Changer changer, Configurer configurer, Answers answers, ChangeWaiter waiter)
    {
        var wait = WaitOf(http);
        var condition = EntityTags.Required(http.Request);
        var target = await changer.FindAsync(http, id, Verbs.Patch);
        var outcome = await configurer.ConfigureAsync(CallerGate.CallerOf(http), target, request, condition, http.RequestAborted);
        var plugin = outcome.Changed && request.DryRun != true ? await AfterAsync(http, outcome.Plugin, wait, waiter) : outcome.Plugin;
        return answers.Changed(http, outcome.Changed ? "configured" : "unchanged", plugin, target.Tenant, outcome.Warnings, dryRun: request.DryRun == true);
    }

    [Checked]
    public static async Task<ChangeAnswer> UpgradeAsync(HttpContext http, string id, UpgradeRequest? request, Changer changer, AdminCaches caches)
    {
        var wait = WaitOf(http);
        var target = await changer.FindAsync(http, id, Verbs.Patch);
        if (VersionChange.Resolve(target.Plugin, caches.Definition(target.Plugin.Spec?.Plugin), request?.Version) is not { } version)
        {
            return changer.Unchanged(http, target);
        }

        return await changer.ChangeAsync(http, target, "upgraded", plugin => Intents.Version(plugin, version), wait, request?.DryRun == true);
    }

    [Checked]
    public static async Task<ChangeAnswer> RollbackAsync(HttpContext http, string id, RollbackRequest? request, Changer changer, RevisionReader revisions)
    {
        var wait = WaitOf(http);
        var target = await changer.FindAsync(http, id, Verbs.Patch);
        var all = await revisions.OfAsync(target.Plugin, http.RequestAborted);
        var revision = RevisionChange.Pick(target.Plugin, all, request?.Revision);
        return await changer.ChangeAsync(http, target, "rolled_back", plugin => RevisionChange.Intent(plugin, revision), wait, request?.DryRun == true);
    }

    [Checked]
    public static async Task<CheckAnswer> TestAsync(HttpContext http, string id, Changer changer, CheckRequester checks)
    {
        NoWait(http);
        return await checks.AskAsync(CallerGate.CallerOf(http), await changer.FindAsync(http, id, Verbs.Patch), EntityTags.Required(http.Request), http.RequestAborted);
    }

    [Checked]
    public static async Task<IResult> RemoveAsync(HttpContext http, string id, Changer changer, PluginRemover remover, ChangeWaiter waiter)
    {
        var parameters = new Parameters(http.Request.Query);
        var force = parameters.Flag("force");
        var wait = parameters.Number("wait", 0, LongestWait);
        parameters.Check();
        var condition = EntityTags.Required(http.Request);
        var target = await changer.FindAsync(http, id, Verbs.Delete);
        await remover.RemoveAsync(CallerGate.CallerOf(http), target, force, condition, http.RequestAborted);
        var isGone = wait is > 0 && await waiter.WaitAsync(
            target.Key, plugin => plugin?.Metadata.Uid != target.Plugin.Metadata.Uid, TimeSpan.FromSeconds(wait.Value), http.RequestAborted);
        var answer = new ChangeAnswer { Result = "removed", Warnings = Removal.Warnings(target.Plugin) };
        return isGone ? TypedResults.Ok(answer) : TypedResults.Json(answer, Json.AdminJson.Of<ChangeAnswer>(), statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>For how long a request waits until what it asked for has come about; null for not at all.</summary>
    private static TimeSpan? WaitOf(HttpContext http)
    {
        var parameters = new Parameters(http.Request.Query);
        var wait = parameters.Number("wait", 0, LongestWait);
        parameters.Text("tenant_id");
        parameters.Check();
        return wait is > 0 ? TimeSpan.FromSeconds(wait.Value) : null;
    }

    private static void NoWait(HttpContext http)
    {
        var parameters = new Parameters(http.Request.Query);
        parameters.Text("tenant_id");
        parameters.Check();
    }

    private static async Task<TenantPlugin> AfterAsync(HttpContext http, TenantPlugin made, TimeSpan? wait, ChangeWaiter waiter) =>
        wait is { } patience ? await waiter.SettleAsync(made, patience, http.RequestAborted) : made;
}
