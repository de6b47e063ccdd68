using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Controllers;

/// <summary>Cleans up what the garbage collector cannot, before an entity goes.</summary>
/// <typeparam name="TEntity">The kind.</typeparam>
public interface IEntityFinalizer<TEntity>
    where TEntity : class, IKubernetesEntity
{
    /// <summary>The name under <c>metadata.finalizers</c>, <c>example.com/clean-up</c>.</summary>
    string Identifier { get; }

    /// <summary>Whether this entity has anything to be cleaned up; one that has not is spared the writes.</summary>
    bool AppliesTo(TEntity entity) => true;

    /// <summary>
    /// Cleans up. The name is taken off <c>metadata.finalizers</c> when this says <see cref="ReconciliationOutcome.Done"/> or
    /// <see cref="ReconciliationOutcome.Terminal"/>; after anything else it is called again.
    /// </summary>
    Task<ReconciliationResult> FinalizeAsync(TEntity entity, CancellationToken cancellationToken);
}
