using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Diagnostics;

/// <summary>A cache whose content a test decides, in no order, as that of the informers.</summary>
internal sealed class PluginStore : IObjectStore<TenantPlugin>
{
    private readonly Dictionary<ObjectKey, TenantPlugin> _plugins = [];

    public int Count => _plugins.Count;

    public TenantPlugin? Get(ObjectKey key) => _plugins.GetValueOrDefault(key);

    public IReadOnlyList<TenantPlugin> List() => [.. _plugins.Values];

    public IReadOnlyList<TenantPlugin> ByIndex(string index, string value) => throw new ArgumentException($"there is no index {index}", nameof(index));

    public void Set(TenantPlugin plugin) => _plugins[ObjectKey.Of(plugin)] = plugin;

    public void Remove(ObjectKey key) => _plugins.Remove(key);
}
