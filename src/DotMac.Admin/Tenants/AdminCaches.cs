using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Admission;
using DotMac.Plugins.Resources.Tenants;

namespace DotMac.Admin.Tenants;

/// <summary>What the service watches, one watch a kind: everything that is read is read from here.</summary>
internal sealed class AdminCaches
{
    private const string ByNamespace = "namespace";
    private const string ByName = "name";
    private const string ByDefinition = "definition";
    private const string ByTenant = "tenant";
    private const string ByObject = "object";

    public AdminCaches(SharedInformerFactory informers)
    {
        Plugins = informers.Get<TenantPlugin>();
        Plugins.AddIndex(ByNamespace, static plugin => [plugin.Metadata.Namespace ?? string.Empty]);
        Plugins.AddIndex(ByName, static plugin => [plugin.Metadata.Name ?? string.Empty]);
        Plugins.AddIndex(ByDefinition, static plugin => plugin.Spec?.Plugin is { Length: > 0 } definition ? [definition] : []);
        Definitions = informers.Get<PluginDefinition>();
        Namespaces = informers.Get(new InformerOptions<V1Namespace> { Scope = new ListOptions(LabelSelector: Labels.Tenant), Transform = TenantNamespace.Slim });
        Namespaces.AddIndex(ByTenant, static ns => TenantNamespace.TenantOf(ns) is { } tenant ? [tenant] : []);
        Events = informers.Get(new InformerOptions<Corev1Event> { Scope = new ListOptions(FieldSelector: $"involvedObject.kind={ResourceNames.TenantPluginKind}") });
        Events.AddIndex(ByObject, static told => told.InvolvedObject?.Uid is { } uid ? [uid] : []);
    }

    /// <summary>Every TenantPlugin.</summary>
    public SharedInformer<TenantPlugin> Plugins { get; }

    /// <summary>The catalog.</summary>
    public SharedInformer<PluginDefinition> Definitions { get; }

    /// <summary>The tenants' namespaces.</summary>
    public SharedInformer<V1Namespace> Namespaces { get; }

    /// <summary>What was told about TenantPlugins.</summary>
    public SharedInformer<Corev1Event> Events { get; }

    /// <summary>Since when no watch of what is shown can be opened, so that it may be old; null while all is well.</summary>
    public DateTimeOffset? InterruptedSince => new[] { Plugins.InterruptedSince, Definitions.InterruptedSince, Namespaces.InterruptedSince }.Min();

    /// <summary>One entry of the catalog; null when there is none.</summary>
    public PluginDefinition? Definition(string? name) => string.IsNullOrEmpty(name) ? null : Definitions.Store.Get(new ObjectKey(string.Empty, name));

    /// <summary>The TenantPlugins of a namespace.</summary>
    public IReadOnlyList<TenantPlugin> PluginsOf(string ns) => Plugins.Store.ByIndex(ByNamespace, ns);

    /// <summary>The TenantPlugins of a name, one a namespace.</summary>
    public IReadOnlyList<TenantPlugin> PluginsNamed(string name) => Plugins.Store.ByIndex(ByName, name);

    /// <summary>The TenantPlugins that run an entry of the catalog.</summary>
    public IReadOnlyList<TenantPlugin> InstallationsOf(string definition) => Plugins.Store.ByIndex(ByDefinition, definition);

    /// <summary>The namespaces of a tenant: one, unless the platform made it several.</summary>
    public IReadOnlyList<V1Namespace> NamespacesOf(string tenant) => Namespaces.Store.ByIndex(ByTenant, tenant);

    /// <summary>The tenant that a namespace belongs to; null when it is no tenant's.</summary>
    public string? TenantOf(string? ns) => TenantNamespace.TenantOf(Namespaces.Store.Get(new ObjectKey(string.Empty, ns ?? string.Empty)));

    /// <summary>What was told about a TenantPlugin.</summary>
    public IReadOnlyList<Corev1Event> EventsOf(TenantPlugin plugin) => plugin.Metadata.Uid is { } uid ? Events.Store.ByIndex(ByObject, uid) : [];

    /// <summary>What a tenant has and may have, for the judging of a change.</summary>
    public TenantView ViewOf(string ns) => new(
        PluginsOf(ns),
        TenantLimits.Of(Namespaces.Store.Get(new ObjectKey(string.Empty, ns))),
        plugin => TenantUse.Of(plugin, Definition(plugin.Spec?.Plugin)));
}
