using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Tests.Fakes;

/// <summary>A finalizer whose answers the test writes.</summary>
internal sealed class ScriptedFinalizer(string identifier) : IEntityFinalizer<V1ConfigMap>
{
    private int _calls;

    public string Identifier => identifier;

    public int Calls => Volatile.Read(ref _calls);

    public Func<V1ConfigMap, bool> Applies { get; set; } = static _ => true;

    public Func<int, ReconciliationResult> Answer { get; set; } = static _ => ReconciliationResult.Done;

    public bool AppliesTo(V1ConfigMap entity) => Applies(entity);

    public Task<ReconciliationResult> FinalizeAsync(V1ConfigMap entity, CancellationToken cancellationToken) =>
        Task.FromResult(Answer(Interlocked.Increment(ref _calls)));
}
