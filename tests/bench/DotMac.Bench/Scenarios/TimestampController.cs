using DotMac.Kubernetes.Controllers;
using DotMac.Plugins.Resources;

namespace DotMac.Bench.Scenarios;

/// <summary>Takes the time and does nothing.</summary>
internal sealed class TimestampController(Timestamps starts) : IEntityController<TenantPlugin>
{
    public Task<ReconciliationResult> ReconcileAsync(TenantPlugin entity, CancellationToken cancellationToken)
    {
        starts.Stamp(entity.Metadata.ResourceVersion);
        return Task.FromResult(ReconciliationResult.Done);
    }
}
