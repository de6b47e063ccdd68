using DotMac.Cli.Connections;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Informers;
using DotMac.Plugins.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace DotMac.Cli.Plugins;

/// <summary>Waits until a plugin is as it was asked for, and says meanwhile what is waited for.</summary>
internal sealed class PluginWaiter(Terminal terminal, Cluster cluster)
{
    /// <summary>Waits.</summary>
    /// <param name="name">The plugin.</param>
    /// <param name="fits">Whether there is nothing left to wait for; null for a plugin that is gone.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it came about, and the plugin as it is then; null when it is gone.</returns>
    public async Task<(bool Fits, TenantPlugin? Plugin)> WaitAsync(string name, Func<TenantPlugin?, bool> fits, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var done = new TaskCompletionSource<TenantPlugin?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var informer = new SharedInformer<TenantPlugin>(
            cluster.Client.Resource<TenantPlugin>(),
            new InformerOptions<TenantPlugin> { Scope = new ListOptions(cluster.Namespace, FieldSelector: $"metadata.name={name}") },
            NullLogger.Instance);
        TenantPlugin? last = null;
        var said = string.Empty;
        informer.Subscribe(change =>
        {
            last = change.Type == InformerEventType.Deleted ? null : change.Object;
            if (fits(last))
            {
                done.TrySetResult(last);
            }
            else if (last is not null && Line(last) is var line && line != said)
            {
                said = line;
                terminal.Error.WriteLine($"  {line}");
            }
        });
        var running = informer.RunAsync(stop.Token);
        try
        {
            await informer.Synced.WaitAsync(timeout, cancellationToken);

            // What is not there is told by nobody.
            if (last is null && fits(null))
            {
                return (true, null);
            }

            return (true, await done.Task.WaitAsync(timeout, cancellationToken));
        }
        catch (TimeoutException)
        {
            return (false, last);
        }
        finally
        {
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string Line(TenantPlugin plugin)
    {
        var message = plugin.IsUpToDate() ? plugin.Status?.FindCondition(ConditionTypes.Ready)?.Message : "waiting for the operator to look at it";
        var phase = plugin.Metadata.DeletionTimestamp is not null ? nameof(PluginPhase.Terminating) : plugin.Status?.Phase?.ToString() ?? "Stored";
        return string.Concat($"{phase}{(string.IsNullOrEmpty(message) ? string.Empty : $": {message}")}".Select(static c => char.IsControl(c) ? ' ' : c));
    }
}
