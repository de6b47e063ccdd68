using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Controllers;

/// <summary>Makes the world agree with an entity.</summary>
/// <typeparam name="TEntity">The kind.</typeparam>
public interface IEntityController<TEntity>
    where TEntity : class, IKubernetesEntity
{
    /// <summary>
    /// Called when the entity, or something that belongs to it, may have changed; never twice at once for one entity. It must reach the
    /// same end whether called once or a hundred times. An exception is a retry.
    /// </summary>
    /// <param name="entity">The entity as the cache has it. It is shared: change a copy.</param>
    /// <param name="cancellationToken">The reconcile took too long, or the process ends.</param>
    Task<ReconciliationResult> ReconcileAsync(TEntity entity, CancellationToken cancellationToken);

    /// <summary>Called when the entity is gone, to forget what was remembered of it.</summary>
    Task DeletedAsync(ObjectKey key, CancellationToken cancellationToken) => Task.CompletedTask;
}
