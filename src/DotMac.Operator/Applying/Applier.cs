using System.Collections.Concurrent;
using System.Text.Json;
using DotMac.Kubernetes.Apply;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;
using DotMac.Operator.Desired;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Applying;

/// <summary>Makes the children so, by server-side apply, and sends nothing when they are.</summary>
internal sealed class Applier(IKubernetesClient client, ChildCaches caches, ILogger<Applier> logger)
{
    private static readonly ApplyOptions Options = new(ResourceNames.FieldManager);

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
            if (caches.Get(kind, ObjectKey.Of(child)) is { } live && !IsOwned(live, owner))
            {
                return new ApplyOutcome(0, Conflict: $"{kind.Kind} {child.Metadata.Name}");
            }
        }

        var writes = 0;
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

    /// <summary>Stops the pods of a plugin whose spec cannot be rolled out; everything else stays as it is.</summary>
    public async Task ScaleToZeroAsync(TenantPlugin owner, CancellationToken cancellationToken)
    {
        var kind = EntityType.Of<V1Deployment>();
        var key = ObjectKey.Of(owner);
        if (caches.Get(kind, key) is not { } live || !IsOwned(live, owner))
        {
            return;
        }

        using var body = live.ParseBody();
        if (body.RootElement.TryGetProperty("spec", out var spec) && spec.TryGetProperty("replicas", out var replicas) && replicas.TryGetInt32(out var count) && count == 0)
        {
            return;
        }

        var patch = new System.Text.Json.Nodes.JsonObject { ["spec"] = new System.Text.Json.Nodes.JsonObject { ["replicas"] = 0 } };
        caches.Observe(kind, await client.Resource<Unstructured>(kind).PatchAsync(key, patch, null, cancellationToken));
    }

    /// <summary>Forgets what was remembered of a plugin that is gone.</summary>
    public void Forget(ObjectKey plugin)
    {
        foreach (var kind in ChildKind.All)
        {
            _agreed.TryRemove((kind, plugin), out _);
        }
    }

    private static bool IsOwned(Unstructured live, TenantPlugin owner) =>
        live.Metadata.OwnerReferences?.Any(reference => reference.Uid == owner.Metadata.Uid) == true;

    private async Task<bool> ApplyAsync(EntityType kind, IKubernetesEntity child, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Of(child);
        var json = Serialize(child);
        var hash = Hashing.Of(json);
        child.Metadata.Annotations![Annotations.AppliedHash] = hash;
        var live = caches.Get(kind, key);
        if (live is not null && live.Metadata.DeletionTimestamp is null)
        {
            if (_agreed.TryGetValue((kind, key), out var agreed) && agreed == (live.Metadata.ResourceVersion, hash))
            {
                return false;
            }

            var difference = Difference(child, live);
            if (difference is null)
            {
                _agreed[(kind, key)] = (live.Metadata.ResourceVersion, hash);
                return false;
            }

            logger.LogInformation("{Kind} {Key} is not as wanted at {Field}; applying", kind.Kind, key, difference);
        }

        // The answer is wanted in the form of the cache, and so the question is put in it: one kind of resource on the wire.
        var manifest = Unstructured.Parse(json);
        manifest.Metadata.Annotations![Annotations.AppliedHash] = hash;
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
            var key = ObjectKey.Of(owner);
            if (caches.Get(kind, key) is { Metadata.DeletionTimestamp: null } live && IsOwned(live, owner))
            {
                await client.Resource<Unstructured>(kind).DeleteAsync(key, new DeleteOptions(Uid: live.Metadata.Uid), cancellationToken);
                deleted++;
            }
        }

        return deleted;
    }

    private static string? Difference(IKubernetesEntity child, Unstructured live)
    {
        using var wanted = JsonDocument.Parse(Serialize(child));
        using var present = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(live, KubernetesJson.Default.TypeInfo<Unstructured>()));
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

    private static byte[] Serialize(IKubernetesEntity child) =>
        JsonSerializer.SerializeToUtf8Bytes(child, KubernetesJson.Default.GetTypeInfo(child.GetType()));
}
