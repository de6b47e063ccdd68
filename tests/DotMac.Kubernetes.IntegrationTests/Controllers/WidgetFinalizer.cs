using System.Collections.Concurrent;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.IntegrationTests.Fixture;

namespace DotMac.Kubernetes.IntegrationTests.Controllers;

/// <summary>Remembers which Widgets it has cleaned up after; needs two tries.</summary>
internal sealed class WidgetFinalizer : IEntityFinalizer<Widget>
{
    private readonly ConcurrentDictionary<string, int> _tries = new();

    public string Identifier => "test.dotmac.io/clean-up";

    public int TriesFor(Widget widget) => _tries.GetValueOrDefault(widget.Metadata.Uid!);

    public Task<ReconciliationResult> FinalizeAsync(Widget entity, CancellationToken cancellationToken) =>
        Task.FromResult(_tries.AddOrUpdate(entity.Metadata.Uid!, 1, static (_, n) => n + 1) < 2
            ? ReconciliationResult.Retry("not yet")
            : ReconciliationResult.Done);
}
