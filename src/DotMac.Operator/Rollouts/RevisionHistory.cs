using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;
using DotMac.Operator.Desired;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Operator.Rollouts;

/// <summary>
/// Keeps the last revisions of a plugin that were good, as ControllerRevisions that go with it. They are read when one is to be put back, and
/// watched by nobody: ten thousand plugins that are well cost nothing.
/// </summary>
/// <param name="client">The API server.</param>
/// <param name="limit">How many are kept.</param>
internal sealed class RevisionHistory(IKubernetesClient client, int limit)
{
    private readonly IResource<V1ControllerRevision> _revisions = client.Resource<V1ControllerRevision>();

    // Of plugins that were rolled back alone.
    private readonly ConcurrentDictionary<ObjectKey, PluginRevision> _read = new();

    /// <summary>Keeps a revision as the newest, and drops those beyond the limit, oldest first.</summary>
    public async Task KeepAsync(TenantPlugin plugin, PluginRevision revision, bool isFirst, CancellationToken cancellationToken)
    {
        IReadOnlyList<V1ControllerRevision> kept = isFirst ? [] : await ListAsync(plugin, cancellationToken);
        var number = kept.Select(static r => r.Revision).DefaultIfEmpty(0).Max() + 1;
        var present = kept.FirstOrDefault(r => r.Metadata.Name == revision.Name);
        if (present is null)
        {
            await CreateAsync(plugin, revision, number, cancellationToken);
        }
        else if (present.Revision < number - 1)
        {
            await _revisions.PatchAsync(ObjectKey.Of(present), new JsonObject { ["revision"] = number }, null, cancellationToken);
        }

        foreach (var old in kept.Where(r => r.Metadata.Name != revision.Name).OrderByDescending(static r => r.Revision).Skip(limit - 1))
        {
            await _revisions.DeleteAsync(ObjectKey.Of(old), new DeleteOptions(Uid: old.Metadata.Uid), cancellationToken);
        }
    }

    /// <summary>A revision that was kept; null when there is none of this name, or it is not this plugin's.</summary>
    public async ValueTask<PluginRevision?> FindAsync(TenantPlugin plugin, string name, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Of(plugin);
        if (_read.TryGetValue(key, out var read) && read.Name == name)
        {
            return read;
        }

        var found = await _revisions.GetAsync(new ObjectKey(key.Namespace, name), cancellationToken);
        if (found is null || !IsOf(found, plugin) || Spec(found) is not { } spec)
        {
            return null;
        }

        return _read[key] = new PluginRevision(name, spec);
    }

    /// <summary>Forgets what was read of a plugin.</summary>
    public void Forget(ObjectKey plugin) => _read.TryRemove(plugin, out _);

    private async Task CreateAsync(TenantPlugin plugin, PluginRevision revision, long number, CancellationToken cancellationToken)
    {
        var entity = new V1ControllerRevision
        {
            Metadata = new V1ObjectMeta
            {
                Name = revision.Name,
                Namespace = plugin.Metadata.Namespace,
                Labels = RevisionLabels(plugin),
                OwnerReferences = [ChildMetadata.Owner(plugin)],
            },
            Data = JsonElement.Parse(new JsonObject { ["spec"] = ResourceJson.Object(revision.Spec) }.ToJsonString()),
            Revision = number,
        };
        try
        {
            await _revisions.CreateAsync(entity, cancellationToken);
        }
        catch (ApiException e) when (e.IsAlreadyExists)
        {
            // Written a moment ago, before the status that tells of it was; or by somebody else, and then it is not read either.
        }
    }

    private async Task<IReadOnlyList<V1ControllerRevision>> ListAsync(TenantPlugin plugin, CancellationToken cancellationToken)
    {
        var selector = string.Join(',', RevisionLabels(plugin).Select(static label => $"{label.Key}={label.Value}"));
        var all = await _revisions.ListAsync(new ListOptions(plugin.Metadata.Namespace, LabelSelector: selector), cancellationToken);
        return [.. all.Items.Where(r => IsOf(r, plugin))];
    }

    private static Dictionary<string, string> RevisionLabels(TenantPlugin plugin) => new(StringComparer.Ordinal)
    {
        [ChildMetadata.Instance] = ChildMetadata.LabelValue(plugin.Metadata.Name!),
        [ChildMetadata.ManagedBy] = ResourceNames.FieldManager,
    };

    private static bool IsOf(V1ControllerRevision revision, TenantPlugin plugin) =>
        revision.Metadata.OwnerReferences?.Any(owner => owner.Uid == plugin.Metadata.Uid) == true;

    private static TenantPluginSpec? Spec(V1ControllerRevision revision)
    {
        try
        {
            return revision.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("spec", out var spec)
                ? spec.Deserialize(ResourceJson.Options.TypeInfo<TenantPluginSpec>())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
