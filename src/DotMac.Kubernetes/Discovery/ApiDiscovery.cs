using System.Collections.Concurrent;
using System.Text.Json;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Discovery;

/// <summary>Asks the server and remembers the answers for a while: CustomResourceDefinitions and upgrades change them.</summary>
public sealed class ApiDiscovery(IKubernetesClient client, TimeProvider? clock = null) : IApiDiscovery
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, HashSet<string> Plurals)> _groups = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public async Task<VersionInfo> VersionAsync(CancellationToken cancellationToken = default)
    {
        var bytes = await client.GetRawAsync("version", cancellationToken: cancellationToken).ConfigureAwait(false);
        return JsonSerializer.Deserialize(bytes, KubernetesJsonContext.Default.VersionInfo) ?? new VersionInfo();
    }

    /// <inheritdoc />
    public async Task<bool> ServesAsync(EntityType type, CancellationToken cancellationToken = default)
    {
        if (!_groups.TryGetValue(type.ApiVersion, out var known) || _clock.GetUtcNow() - known.At > Remembered)
        {
            known = (_clock.GetUtcNow(), await ReadAsync(type, cancellationToken).ConfigureAwait(false));
            _groups[type.ApiVersion] = known;
        }

        return known.Plurals.Contains(type.Plural);
    }

    /// <inheritdoc />
    public async Task<EntityType?> FirstServedAsync(IEnumerable<EntityType> types, CancellationToken cancellationToken = default)
    {
        foreach (var type in types)
        {
            if (await ServesAsync(type, cancellationToken).ConfigureAwait(false))
            {
                return type;
            }
        }

        return null;
    }

    private async Task<HashSet<string>> ReadAsync(EntityType type, CancellationToken cancellationToken)
    {
        try
        {
            var path = type.Group.Length == 0 ? $"api/{type.Version}" : $"apis/{type.Group}/{type.Version}";
            var bytes = await client.GetRawAsync(path, cancellationToken: cancellationToken).ConfigureAwait(false);
            var list = JsonSerializer.Deserialize(bytes, KubernetesJsonContext.Default.V1APIResourceList);
            return [.. list?.Resources?.Select(static r => r.Name ?? string.Empty) ?? []];
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return [];
        }
    }
}
