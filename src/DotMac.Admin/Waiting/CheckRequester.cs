using System.Globalization;
using System.Security.Cryptography;
using DotMac.Admin.Callers;
using DotMac.Admin.Problems;
using DotMac.Admin.Tenants;
using DotMac.Admin.Views;
using DotMac.Admin.Writing;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Waiting;

/// <summary>Has a plugin check its credentials now: a mark on its resource, which the operator answers in its status.</summary>
internal sealed class CheckRequester(PluginWriter writer, AdminCaches caches, ChangeWaiter waiter, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="caller">For whom.</param>
    /// <param name="target">Which.</param>
    /// <param name="condition">The resourceVersion that it must have; null for any.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProblemException">It cannot be checked now.</exception>
    public async Task<CheckAnswer> AskAsync(Caller caller, Target target, string? condition, CancellationToken cancellationToken)
    {
        if (target.Plugin.Spec?.Enabled == false)
        {
            throw Refuse.Conflict("it is deactivated, and only one that runs can check its credentials; activate it first");
        }

        if ((target.Plugin.Status?.ReadyReplicas ?? 0) == 0)
        {
            throw Refuse.Conflict($"none of its pods is ready, and only one that runs can check its credentials: {target.Plugin.Status?.FindCondition(ConditionTypes.Ready)?.Message ?? "the operator has not looked at it yet"}");
        }

        var mark = $"{clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
        await writer.PatchAsync(caller, target, plugin => Intents.Annotate(plugin, Annotations.CheckRequestedAt, mark), condition, dryRun: false, cancellationToken);
        var isAnswered = await waiter.WaitAsync(
            target.Key, plugin => plugin is null || plugin.Status?.Health?.HandledCheckAt == mark, Patience, cancellationToken);
        var plugin = caches.Plugins.Store.Get(target.Key) ?? throw Refuse.NotFound("it was removed in between");
        return isAnswered && PluginViews.Health(plugin) is { } health
            ? new CheckAnswer(Checks.Pass(health), health)
            : throw Refuse.Timeout("the operator has not answered in time; is it running? Its answer will be in the status once it does");
    }
}
