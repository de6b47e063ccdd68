using System.Collections.Concurrent;
using System.Text.Json;
using DotMac.Kubernetes.Apply;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;
using DotMac.Operator.Desired;
using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Applying;

/// <summary>Makes the children so, by server-side apply, and sends nothing when they are.</summary>
internal sealed class Applier(IKubernetesClient client, ChildCaches caches, ILogger<Applier> logger)
{
    private static readonly ApplyOptions Options = new(ResourceNames.FieldManager);
    private static readonly ApplyOptions HandOver = new($"{ResourceNames.FieldManager}-scale");

    // What was found equal once need not be compared again: the same version of the object, the same wish. It also ends the argument
    // when a server stores a field in other words than ours.
    private readonly ConcurrentDictionary<(EntityType Kind, ObjectKey Key), (string? Version, string Hash)> _agreed = new();

    /// <summary>Applies in order, and stops at the first object that is in the way.</summary>
    /// <exception cref="ApiException">The server refused for a reason that may pass.</exception>
    public async Task<ApplyOutcome> ApplyAsync(IReadOnlyList<IKubernetesEntity> desired, TenantPlugin owner, CancellationToken cancellationToken)
    {
        // First all conflicts, then the first write: half a plugin beside somebody else's object helps nobody.
        foreach (var child in desired)
        {
            var kind = EntityType.Of(child.GetType());
            if (caches.Get(kind, ObjectKey.Of(child)) is { } live && !ChildCaches.IsOwned(live, owner))
            {
                return new ApplyOutcome(0, Conflict: $"{kind.Kind} {child.Metadata.Name}");
            }
        }

        var writes = await HandOverReplicasAsync(desired, owner, cancellationToken) ? 1 : 0;
        foreach (var child in desired)
        {
            var kind = EntityType.Of(child.GetType());
            if (!caches.Serves(kind))
            {
                return new ApplyOutcome(writes, Refused: $"this cluster does not serve {kind}; remove what asks for it from the spec");
            }

            try
            {
                writes += await ApplyAsync(kind, child, cancellationToken) ? 1 : 0;
            }
            catch (ApiException e) when (e.IsInvalid)
            {
                return new ApplyOutcome(writes, Refused: $"the API server refuses {kind.Kind} {child.Metadata.Name}: {e.Status.Message}");
            }
        }

        return new ApplyOutcome(writes + await PruneAsync(desired, owner, cancellationToken));
    }

    /// <summary>What would be written, <c>Deployment spec/replicas</c>; null when nothing would. Writes nothing.</summary>
    public string? Waiting(IReadOnlyList<IKubernetesEntity> desired, TenantPlugin owner)
    {
        foreach (var child in desired)
        {
            var kind = EntityType.Of(child.GetType());
            if (caches.GetOwned(kind, owner) is not { } live)
            {
                return $"{kind.Kind} {child.Metadata.Name}";
            }

            var json = Serialize(child);
            if (Difference(Unstructured.Parse(json), live) is { } difference)
            {
                return $"{kind.Kind} {difference}";
            }

            // All that is wanted is there, and something that no longer is.
            if (live.Metadata.Annotations?.TryGetValue(Annotations.AppliedHash, out var hash) != true || hash != Hashing.Of(json))
            {
                return $"{kind.Kind} {child.Metadata.Name}";
            }
        }

        return null;
    }

    /// <summary>Stops the pods of a plugin whose spec cannot be rolled out; everything else stays as it is.</summary>
    public async Task ScaleToZeroAsync(TenantPlugin owner, CancellationToken cancellationToken)
    {
        var kind = EntityType.Of<V1Deployment>();
        if (caches.GetOwned(kind, owner) is not { } live)
        {
            return;
        }

        if (ObservedDeployment.ReplicasOf(live) == 0)
        {
            return;
        }

        var patch = new System.Text.Json.Nodes.JsonObject { ["spec"] = new System.Text.Json.Nodes.JsonObject { ["replicas"] = 0 } };
        caches.Observe(kind, await client.Resource<Unstructured>(kind).PatchAsync(ObjectKey.Of(owner), patch, null, cancellationToken));
    }

    /// <summary>Forgets what was remembered of a plugin that is gone.</summary>
    public void Forget(ObjectKey plugin)
    {
        foreach (var kind in ChildKind.All)
        {
            _agreed.TryRemove((kind, plugin), out _);
        }
    }

    // A field that its only owner leaves out is removed, and a Deployment without replicas has one: five pods would become one until the
    // autoscaler has looked. So before it takes over, the number is given an owner beside us.
    // https://kubernetes.io/docs/reference/using-api/server-side-apply/#transferring-ownership
    private async Task<bool> HandOverReplicasAsync(IReadOnlyList<IKubernetesEntity> desired, TenantPlugin owner, CancellationToken cancellationToken)
    {
        var kind = EntityType.Of<V1Deployment>();
        if (desired.OfType<V1HorizontalPodAutoscaler>().SingleOrDefault()?.Spec is not { } autoscaler
            || caches.GetOwned(EntityType.Of<V1HorizontalPodAutoscaler>(), owner) is not null
            || caches.GetOwned(kind, owner) is not { Metadata.DeletionTimestamp: null } live)
        {
            return false;
        }

        // Never 0, which an autoscaler takes for being switched off.
        var replicas = Math.Clamp(ObservedDeployment.ReplicasOf(live) ?? 1, autoscaler.MinReplicas!.Value, autoscaler.MaxReplicas!.Value);
        var manifest = Unstructured.Parse(Serialize(new V1Deployment
        {
            Metadata = new V1ObjectMeta { Name = owner.Metadata.Name, Namespace = owner.Metadata.Namespace },
            Spec = new V1DeploymentSpec { Replicas = replicas },
        }));
        caches.Observe(kind, await client.Resource<Unstructured>(kind).ApplyAsync(manifest, HandOver, cancellationToken));
        return true;
    }

    private async Task<bool> ApplyAsync(EntityType kind, IKubernetesEntity child, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Of(child);
        var json = Serialize(child);
        var hash = Hashing.Of(json);
        var live = caches.Get(kind, key);
        var isThere = live is not null && live.Metadata.DeletionTimestamp is null;
        if (isThere && _agreed.TryGetValue((kind, key), out var agreed) && agreed == (live!.Metadata.ResourceVersion, hash))
        {
            return false;
        }

        // In the form of the cache, for in that it is compared, and in that the answer is wanted.
        var manifest = Unstructured.Parse(json);
        manifest.Metadata.Annotations![Annotations.AppliedHash] = hash;
        if (isThere)
        {
            var difference = Difference(manifest, live!);
            if (difference is null)
            {
                _agreed[(kind, key)] = (live!.Metadata.ResourceVersion, hash);
                return false;
            }

            logger.LogInformation("{Kind} {Key} is not as wanted at {Field}; applying", kind.Kind, key, difference);
        }

        var written = await client.Resource<Unstructured>(kind).ApplyAsync(manifest, Options, cancellationToken);
        caches.Observe(kind, written);
        _agreed[(kind, key)] = (written.Metadata.ResourceVersion, hash);
        return true;
    }

    private async Task<int> PruneAsync(IReadOnlyList<IKubernetesEntity> desired, TenantPlugin owner, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var kind in ChildKind.Optional.Where(kind => !desired.Any(child => EntityType.Of(child.GetType()) == kind)))
        {
            if (caches.GetOwned(kind, owner) is { Metadata.DeletionTimestamp: null } live)
            {
                await client.Resource<Unstructured>(kind).DeleteAsync(ObjectKey.Of(owner), new DeleteOptions(Uid: live.Metadata.Uid), cancellationToken);
                deleted++;
            }
        }

        return deleted;
    }

    private static string? Difference(Unstructured manifest, Unstructured live)
    {
        using var wanted = Document(manifest);
        using var present = Document(live);
        foreach (var property in wanted.RootElement.EnumerateObject())
        {
            if (property.Name is "kind" or "apiVersion")
            {
                // Items of lists carry neither.
                continue;
            }

            if (!present.RootElement.TryGetProperty(property.Name, out var other))
            {
                return property.Name;
            }

            if (DesiredComparison.FirstDifference(property.Value, other, property.Name) is { } difference)
            {
                return property.Name + difference;
            }
        }

        return null;
    }

    private static JsonDocument Document(Unstructured value) =>
        JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(value, KubernetesJson.Default.TypeInfo<Unstructured>()));

    private static byte[] Serialize(IKubernetesEntity child) =>
        JsonSerializer.SerializeToUtf8Bytes(child, KubernetesJson.Default.GetTypeInfo(child.GetType()));
}
