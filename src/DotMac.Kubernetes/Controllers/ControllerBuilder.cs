using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Controllers;

/// <summary>Says what a controller watches besides its own entities.</summary>
/// <typeparam name="TEntity">The kind.</typeparam>
public sealed class ControllerBuilder<TEntity>
    where TEntity : class, IKubernetesEntity
{
    private readonly Controller<TEntity> _controller;
    private readonly EntityType _type;

    internal ControllerBuilder(Controller<TEntity> controller, EntityType type) => (_controller, _type) = (controller, type);

    /// <summary>Reconciles only on changes of entities for which this holds; deletions always count.</summary>
    public ControllerBuilder<TEntity> When(Func<InformerEvent<TEntity>, bool> predicate)
    {
        Predicate = predicate;
        return this;
    }

    /// <summary>Reconciles the owner when an object that it controls changes.</summary>
    public ControllerBuilder<TEntity> Owns<TChild>(SharedInformer<TChild> informer)
        where TChild : class, IKubernetesEntity =>
        Watches(informer, change => OwnerOf(change.Object.Metadata) is { } owner ? [owner] : []);

    /// <summary>Reconciles the keys that a change of another kind maps to.</summary>
    public ControllerBuilder<TEntity> Watches<TOther>(SharedInformer<TOther> informer, Func<InformerEvent<TOther>, IEnumerable<ObjectKey>> map)
        where TOther : class, IKubernetesEntity
    {
        _controller.WatchOthers(informer, map);
        return this;
    }

    /// <summary>Cleans up with this finalizer before an entity goes.</summary>
    public ControllerBuilder<TEntity> Finalizer(IEntityFinalizer<TEntity> finalizer)
    {
        _controller.AddFinalizer(finalizer);
        return this;
    }

    internal Func<InformerEvent<TEntity>, bool>? Predicate { get; private set; }

    private ObjectKey? OwnerOf(V1ObjectMeta metadata)
    {
        foreach (var owner in metadata.OwnerReferences ?? [])
        {
            // Any version of the group: owners are not rewritten when a kind moves on.
            if (owner.Controller == true && owner.Kind == _type.Kind && owner.Name is not null && GroupOf(owner.ApiVersion) == _type.Group)
            {
                return new ObjectKey(_type.Scope == EntityScope.Namespaced ? metadata.Namespace ?? string.Empty : string.Empty, owner.Name);
            }
        }

        return null;
    }

    private static string GroupOf(string? apiVersion) =>
        apiVersion?.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? apiVersion[..slash] : string.Empty;
}
