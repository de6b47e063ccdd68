using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Operator.Diagnostics;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Status;

/// <summary>Writes what changed in a status, and only over the version that it was calculated from.</summary>
internal sealed class StatusWriter(IKubernetesClient client, SharedInformer<TenantPlugin> plugins, StatusBudget budget)
{
    // Numbers that find no room now are looked at again after so long.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private static readonly KeyValuePair<string, object?> Meaning = new("kind", "meaning");
    private static readonly KeyValuePair<string, object?> Numbers = new("kind", "numbers");

    /// <summary>Writes, unless only numbers moved and too much is being written.</summary>
    /// <returns>Null when it was written, or how long to wait before trying again.</returns>
    /// <exception cref="ApiException">The server refused; a conflict means that the resource changed, and the status must be calculated anew.</exception>
    public async Task<TimeSpan?> WriteAsync(TenantPlugin plugin, StatusChange change, CancellationToken cancellationToken)
    {
        if (change.IsMeaning)
        {
            if (await budget.TakeAsync(cancellationToken))
            {
                OperatorMetrics.StatusWritesDeferred.Add(1, Meaning);
            }
        }
        else if (!budget.TryTakeForNumbers())
        {
            OperatorMetrics.StatusWritesDeferred.Add(1, Numbers);
            return LookAgain * (1 + Random.Shared.NextDouble());
        }

        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = plugin.Metadata.ResourceVersion },
            ["status"] = change.Patch,
        };
        plugins.Observe(await client.Resource<TenantPlugin>().PatchAsync(ObjectKey.Of(plugin), patch, "status", cancellationToken));
        OperatorMetrics.StatusWrites.Add(1, change.IsMeaning ? Meaning : Numbers);
        return null;
    }
}
