using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Desired;
using DotMac.Operator.Health;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Tenants;

namespace DotMac.Operator.Reconciliation;

/// <summary>What the operator watches besides children: plugins, definitions, namespaces and pods.</summary>
internal sealed class PluginCaches
{
    private const string ByDefinition = "definition";
    private const string ByNamespace = "namespace";

    public PluginCaches(SharedInformerFactory informers)
    {
        PluginInformer = informers.Get<TenantPlugin>();
        PluginInformer.AddIndex(ByDefinition, static plugin => plugin.Spec.Plugin is { Length: > 0 } definition ? [definition] : []);
        PluginInformer.AddIndex(ByNamespace, static plugin => [plugin.Metadata.Namespace ?? string.Empty]);
        DefinitionInformer = informers.Get<PluginDefinition>();
        NamespaceInformer = informers.Get(new InformerOptions<V1Namespace> { Transform = TenantNamespace.Slim });
        PodInformer = informers.Get(new InformerOptions<V1Pod>
        {
            Scope = new ListOptions(LabelSelector: $"{ChildMetadata.ManagedBy}={ResourceNames.FieldManager}"),
            Transform = PluginPods.Slim,
        });
        PodInformer.AddIndex(PluginPods.ByPlugin, PluginPods.Index);
        WarningInformer = informers.Get(new InformerOptions<Corev1Event> { Scope = PodEvents.Scope, Transform = PodEvents.Slim });
        WarningInformer.AddIndex(PodEvents.ByPod, PodEvents.Index);
    }

    public SharedInformer<TenantPlugin> PluginInformer { get; }

    public SharedInformer<PluginDefinition> DefinitionInformer { get; }

    public SharedInformer<V1Namespace> NamespaceInformer { get; }

    public SharedInformer<V1Pod> PodInformer { get; }

    public SharedInformer<Corev1Event> WarningInformer { get; }

    public IObjectStore<PluginDefinition> Definitions => DefinitionInformer.Store;

    public IObjectStore<V1Namespace> Namespaces => NamespaceInformer.Store;

    public IObjectStore<V1Pod> Pods => PodInformer.Store;

    public IObjectStore<Corev1Event> Warnings => WarningInformer.Store;

    /// <summary>Every plugin that is installed from a definition.</summary>
    public IReadOnlyList<TenantPlugin> InstallationsOf(string definition) => PluginInformer.Store.ByIndex(ByDefinition, definition);

    /// <summary>Every plugin of a namespace.</summary>
    public IReadOnlyList<TenantPlugin> PluginsOf(string ns) => PluginInformer.Store.ByIndex(ByNamespace, ns);

    /// <summary>A definition; null when there is none of that name.</summary>
    public PluginDefinition? Definition(string? name) => Definitions.Get(new ObjectKey(string.Empty, name ?? string.Empty));

    /// <summary>A namespace; null when nothing is known of it.</summary>
    public V1Namespace? Namespace(string? name) => Namespaces.Get(new ObjectKey(string.Empty, name ?? string.Empty));

    /// <summary>What a plugin takes of what its tenant may have.</summary>
    public TenantUse UseOf(TenantPlugin plugin) => TenantUse.Of(plugin, Definition(plugin.Spec.Plugin));

    /// <summary>The plugins that a definition's change concerns.</summary>
    public IEnumerable<ObjectKey> OnDefinition(InformerEvent<PluginDefinition> change) =>
        change.Previous is not null && change.Previous.Metadata.Generation == change.Object.Metadata.Generation
            ? []
            : InstallationsOf(change.Object.Metadata.Name ?? string.Empty).Select(ObjectKey.Of);

    /// <summary>
    /// The plugins that wait for another one of their namespace, when that one comes, goes, becomes active or ceases to be, or changes its version; and those
    /// that an upgrade policy may lead further once a plugin that needs them changes.
    /// </summary>
    public IEnumerable<ObjectKey> OnNeighbour(InformerEvent<TenantPlugin> change)
    {
        var (before, after) = (change.Previous, change.Object);
        return change.Type == InformerEventType.Updated && before?.Status?.Phase == after.Status?.Phase && before?.Status?.Version == after.Status?.Version
            ? []
            : PluginsOf(after.Metadata.Namespace ?? string.Empty)
                .Where(plugin => plugin.Metadata.Name != after.Metadata.Name && (HasDependencies(plugin) || plugin.Spec.UpgradePolicy is UpgradePolicy.Patch or UpgradePolicy.Minor))
                .Select(ObjectKey.Of);
    }

    private static bool HasDependencies(TenantPlugin plugin) =>
        plugin.Status?.FindCondition(ConditionTypes.DependenciesReady) is { Reason: not (ConditionReasons.NoDependencies or ConditionReasons.Pending) };

    /// <summary>The plugins that a namespace's change concerns: those of one that became, or ceased to be, a tenant's, has other limits, or whose images
    /// are pulled with other Secrets.</summary>
    public IEnumerable<ObjectKey> OnNamespace(InformerEvent<V1Namespace> change) =>
        change.Previous is not null && TenantNamespace.MeansTheSame(change.Previous, change.Object)
            ? []
            : PluginsOf(change.Object.Metadata.Name ?? string.Empty).Select(ObjectKey.Of);

    /// <summary>The plugin that a change of somebody else's object of the same name concerns: it may stand, or have stood, in the way.</summary>
    public IEnumerable<ObjectKey> OnNamesake(InformerEvent<Unstructured> change)
    {
        var key = ObjectKey.Of(change.Object);
        return change.Type != InformerEventType.Updated && change.Object.Metadata.OwnerReferences is null && PluginInformer.Store.Get(key) is not null ? [key] : [];
    }

    /// <summary>The plugin that a pod's change concerns.</summary>
    public static IEnumerable<ObjectKey> OnPod(InformerEvent<V1Pod> change) => PluginPods.PluginOf(change.Object) is { } plugin ? [plugin] : [];

    /// <summary>The plugin that a warning about a pod concerns, as long as the pod is being set up.</summary>
    public IEnumerable<ObjectKey> OnWarning(InformerEvent<Corev1Event> change) =>
        change is { Type: not InformerEventType.Deleted, Object.InvolvedObject: { } pod }
        && Pods.Get(new ObjectKey(pod.Namespace ?? string.Empty, pod.Name ?? string.Empty)) is { Status.Phase: "Pending" } known
        && PluginPods.PluginOf(known) is { } plugin
            ? [plugin]
            : [];
}
