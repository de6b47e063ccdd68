using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Discovery;

/// <summary>What a server serves. Kinds come, move and go between versions of Kubernetes: ask, never assume.</summary>
public interface IApiDiscovery
{
    /// <summary>Which Kubernetes it is.</summary>
    Task<VersionInfo> VersionAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether the server serves a kind in this group and version.</summary>
    Task<bool> ServesAsync(EntityType type, CancellationToken cancellationToken = default);

    /// <summary>The first of several homes of a kind that the server serves; null when none.</summary>
    Task<EntityType?> FirstServedAsync(IEnumerable<EntityType> types, CancellationToken cancellationToken = default);
}
