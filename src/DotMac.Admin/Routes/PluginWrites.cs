using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DotMac.Admin.Access;
using DotMac.Admin.Configuring;
using DotMac.Admin.Hosting;
using DotMac.Admin.Installing;
using DotMac.Admin.Problems;
using DotMac.Admin.Requests;
using DotMac.Admin.Tenants;
using DotMac.Admin.Views;
using DotMac.Admin.Waiting;
using DotMac.Admin.Writing;
using DotMac.Kubernetes.Apply;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Revisions;
using DotMac.Plugins.Resources.Serialization;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Admin.Routes;

/// <summary>What is done to plugins: written with the caller's own token.</summary>
internal static class PluginWrites
{
    private const int LongestWait = 300;
    private static readonly TimeSpan CheckPatience = TimeSpan.FromSeconds(30);

    [Checked]
    public static async Task<IResult> InstallAsync(HttpContext http, InstallRequest request, PluginLocator locator, Installer installer, Answers answers, ChangeWaiter waiter)
    {
        var wait = WaitOf(http);
        var caller = CallerGate.CallerOf(http);
        var (ns, tenant) = await locator.TenantAsync(caller, request.TenantId, Verbs.Create, http.RequestAborted);
        var (made, warnings) = await installer.InstallAsync(caller, request, ns, tenant, IdempotencyKeys.MarkOf(http), http.RequestAborted);
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
    public static Task<ChangeAnswer> ConfigureAsync(HttpContext http, string id, ConfigRequest request, Configurer configurer) =>
        configurer.ConfigureAsync(http, id, request, WaitOf(http));

    [Checked]
    public static async Task<ChangeAnswer> UpgradeAsync(HttpContext http, string id, UpgradeRequest? request, Changer changer, AdminCaches caches)
    {
        var wait = WaitOf(http);
        var target = await changer.FindAsync(http, id, Verbs.Patch);
        var definition = caches.Definition(target.Plugin.Spec?.Plugin) ?? throw Refuse.Conflict("its entry is not in the catalog any more, so that there is nothing to upgrade to");
        var version = string.IsNullOrEmpty(request?.Version) ? target.Plugin.Status?.AvailableVersions?.FirstOrDefault() : request.Version;
        if (version is null)
        {
            return changer.Unchanged(http, target);
        }

        var resolution = VersionResolver.Resolve(version, definition);
        if (!resolution.Found)
        {
            throw Refuse.Invalid(new FieldError("/version", resolution.Error!.Message));
        }

        return await changer.ChangeAsync(http, target, "upgraded", plugin => Intents.Version(plugin, version), wait, request?.DryRun == true);
    }

    [Checked]
    public static async Task<ChangeAnswer> RollbackAsync(HttpContext http, string id, RollbackRequest? request, Changer changer, RevisionReader revisions)
    {
        var wait = WaitOf(http);
        var target = await changer.FindAsync(http, id, Verbs.Patch);
        var all = await revisions.OfAsync(target.Plugin, http.RequestAborted);
        var revision = request?.Revision is { } number
            ? all.FirstOrDefault(known => known.Number == number)
            : Revision.Before(all, ResourceJson.Object(target.Plugin)["status"]);
        if (revision is null)
        {
            throw request?.Revision is null
                ? Refuse.Conflict("there is no earlier revision that was healthy, so that there is nothing to go back to")
                : Refuse.Invalid(new FieldError("/revision", all.Count == 0 ? "there is none; no revision of it has become healthy yet" : $"there is no such revision; there are {string.Join(", ", all.Select(static known => known.Number).Order())}"));
        }

        return await changer.ChangeAsync(
            http,
            target,
            "rolled_back",
            plugin =>
            {
                var (now, then) = revision.Compare(ResourceJson.Object(plugin.Spec));
                return MergePatch.Diff(now, then) is { } change ? new JsonObject { ["spec"] = change } : null;
            },
            wait,
            request?.DryRun == true);
    }

    [Checked]
    public static async Task<CheckAnswer> TestAsync(HttpContext http, string id, Changer changer, AdminCaches caches, ChangeWaiter waiter, TimeProvider clock)
    {
        NoWait(http);
        var target = await changer.FindAsync(http, id, Verbs.Patch);
        if (target.Plugin.Spec?.Enabled == false)
        {
            throw Refuse.Conflict("it is deactivated, and only one that runs can check its credentials; activate it first");
        }

        if ((target.Plugin.Status?.ReadyReplicas ?? 0) == 0)
        {
            throw Refuse.Conflict($"none of its pods is ready, and only one that runs can check its credentials: {target.Plugin.Status?.FindCondition(ConditionTypes.Ready)?.Message ?? "the operator has not looked at it yet"}");
        }

        var mark = $"{clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
        await changer.ChangeAsync(http, target, "tested", plugin => Intents.Annotate(plugin, Annotations.CheckRequestedAt, mark), null);
        var isAnswered = await waiter.WaitAsync(
            target.Key, plugin => plugin is null || plugin.Status?.Health?.HandledCheckAt == mark, CheckPatience, http.RequestAborted);
        var plugin = caches.Plugins.Store.Get(target.Key) ?? throw Refuse.NotFound("it was removed in between");
        return isAnswered && PluginViews.Health(plugin) is { } health
            ? new CheckAnswer(Checks.Pass(health), health)
            : throw Refuse.Timeout("the operator has not answered in time; is it running? Its answer will be in the status once it does");
    }

    [Checked]
    public static async Task<IResult> RemoveAsync(HttpContext http, string id, Changer changer, PluginWriter writer, AdminCaches caches, ChangeWaiter waiter)
    {
        var parameters = new Parameters(http.Request.Query);
        var force = parameters.Flag("force");
        var wait = parameters.Number("wait", 0, LongestWait);
        parameters.Check();
        var condition = EntityTags.Required(http.Request);
        var target = await changer.FindAsync(http, id, Verbs.Delete);
        var caller = CallerGate.CallerOf(http);
        if (force)
        {
            // Admission asks for it too; whoever may not write it is told so.
            var (marked, changed) = await writer.PatchAsync(
                caller, target, static plugin => Intents.Annotate(plugin, Annotations.ForceDelete, "true"), condition, dryRun: false, http.RequestAborted);
            target = target with { Plugin = marked };
            condition = changed && condition is not null ? marked.Metadata.ResourceVersion : condition;
        }
        else
        {
            Removal.RequireUnneeded(target.Plugin, caches.PluginsOf(target.Key.Namespace), caches.Definition);
        }

        await writer.DeleteAsync(caller, target, condition, http.RequestAborted);
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
