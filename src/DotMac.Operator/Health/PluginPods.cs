using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;

namespace DotMac.Operator.Health;

/// <summary>Finds the pods of plugins. Each plugin has a service account of its own, of its own name: that is what tells whose a pod is.</summary>
internal static class PluginPods
{
    /// <summary>The name of the index.</summary>
    public const string ByPlugin = "plugin";

    /// <summary>The plugin that a pod belongs to.</summary>
    public static ObjectKey? PluginOf(V1Pod pod) =>
        pod.Spec?.ServiceAccountName is { Length: > 0 } name ? new ObjectKey(pod.Metadata.Namespace ?? string.Empty, name) : null;

    /// <summary>The values of the index.</summary>
    public static IEnumerable<string> Index(V1Pod pod) => PluginOf(pod) is { } plugin ? [plugin.ToString()] : [];

    /// <summary>The pods of a plugin.</summary>
    public static IReadOnlyList<V1Pod> Of(IObjectStore<V1Pod> pods, ObjectKey plugin) => pods.ByIndex(ByPlugin, plugin.ToString());

    /// <summary>Drops what nobody reads: of a pod's spec, all but whose it is.</summary>
    public static V1Pod Slim(V1Pod pod) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = pod.Metadata.Name,
            Namespace = pod.Metadata.Namespace,
            Uid = pod.Metadata.Uid,
            ResourceVersion = pod.Metadata.ResourceVersion,
            CreationTimestamp = pod.Metadata.CreationTimestamp,
            DeletionTimestamp = pod.Metadata.DeletionTimestamp,
            Annotations = pod.Metadata.Annotations is { } annotations && annotations.TryGetValue(InjectStatus, out var status)
                ? new Dictionary<string, string> { [InjectStatus] = status }
                : null,
        },
        Spec = new V1PodSpec { ServiceAccountName = pod.Spec?.ServiceAccountName, NodeName = pod.Spec?.NodeName },
        Status = pod.Status,
    };

    /// <summary>What Vault's injector leaves on a pod that it changed.</summary>
    public const string InjectStatus = "vault.hashicorp.com/agent-inject-status";
}
