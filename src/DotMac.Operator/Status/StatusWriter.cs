using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Status;

/// <summary>Writes what changed in a status, and only over the version that it was calculated from.</summary>
internal sealed class StatusWriter(IKubernetesClient client, SharedInformer<TenantPlugin> plugins)
{
    /// <summary>Writes.</summary>
    /// <exception cref="ApiException">The server refused; a conflict means that the resource changed, and the status must be calculated anew.</exception>
    public async Task WriteAsync(TenantPlugin plugin, JsonObject status, CancellationToken cancellationToken)
    {
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = plugin.Metadata.ResourceVersion },
            ["status"] = status,
        };
        plugins.Observe(await client.Resource<TenantPlugin>().PatchAsync(ObjectKey.Of(plugin), patch, "status", cancellationToken));
    }
}
