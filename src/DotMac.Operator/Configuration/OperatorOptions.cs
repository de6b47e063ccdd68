
namespace DotMac.Operator.Configuration;

/// <summary>What the operator was told at start.</summary>
internal sealed record OperatorOptions
{
    /// <summary>A kubeconfig; null for the usual places.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>A context of the kubeconfig; null for its current one.</summary>
    public string? Context { get; init; }

    /// <summary>Where health and metrics are served, <c>:8081</c> or <c>127.0.0.1:8081</c>.</summary>
    public string MetricsAddress { get; init; } = ":8081";

    /// <summary>TenantPlugins reconciled at the same time.</summary>
    public int Workers { get; init; } = 16;

    /// <summary>How often a plugin is asked how it is.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often metrics are written to a status at most.</summary>
    public TimeSpan StatusMetricsInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many statuses are written in a second at most, in the long run.</summary>
    public int StatusWritesPerSecond { get; init; } = 500;

    /// <summary>Whether network policies open declared hosts at the addresses that they are found at, rather than at every public one.</summary>
    public bool EgressResolution { get; init; }

    /// <summary>How many good revisions of a plugin are kept.</summary>
    public int RevisionHistoryLimit { get; init; } = 5;

    /// <summary>How pods are reached.</summary>
    public ProbeRoute ProbeRoute { get; init; } = ProbeRoute.Auto;

    /// <summary>The namespace that the operator runs in: its probes come from there.</summary>
    public string OperatorNamespace { get; init; } = "dotmac-system";

    /// <summary>Whether several replicas agree on one that works.</summary>
    public bool LeaderElect { get; init; }

    /// <summary>The namespace of the lease that they agree by; null for <see cref="OperatorNamespace"/>.</summary>
    public string? LeaderElectionNamespace { get; init; }

    /// <summary>The pull policy of plugin containers.</summary>
    public string ImagePullPolicy { get; init; } = "IfNotPresent";

    /// <summary>Whether every plugin is confined by network policies, whatever its spec says.</summary>
    public bool SandboxRequired { get; init; }

    /// <summary>A registry that holds copies of all images, which are pulled from there alone; null for the registries that the catalog names.</summary>
    public string? ImageRegistry { get; init; }

    /// <summary>The Secrets, in each tenant's namespace, with which images are pulled.</summary>
    public IReadOnlyList<string> ImagePullSecrets { get; init; } = [];

    /// <summary>The PriorityClass of plugin pods; null for the cluster's default. Tenants have no say: a high one drives others out.</summary>
    public string? PluginPriorityClass { get; init; }

    /// <summary>The namespaces of the ingress controllers, which are let in to plugins with <c>spec.ingress</c>. Empty: every namespace.</summary>
    public IReadOnlyList<string> IngressNamespaces { get; init; } = [];

    /// <summary>The namespaces of the Prometheus servers, which are let in to every plugin's metrics. Empty: none.</summary>
    public IReadOnlyList<string> MetricsNamespaces { get; init; } = [];

    /// <summary>Whether <c>/metrics</c> tells of every plugin, or only of all together.</summary>
    public bool PluginMetrics { get; init; } = true;

    /// <summary>How many plugins <c>/metrics</c> tells of; the others, in order of their names, are left out.</summary>
    public int PluginMetricsLimit { get; init; } = 20_000;

    /// <summary>Where traces are sent to; null for nowhere.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>Where plugins send traces and metrics to; null for nowhere.</summary>
    public Uri? PluginOtlpEndpoint { get; init; }

    /// <summary>Where the audit trail goes.</summary>
    public AuditOptions Audit { get; init; } = new();

    /// <summary>Where the API server may ask before it stores something.</summary>
    public WebhookOptions Webhook { get; init; } = new();

    /// <summary>What is said to Vault's agents.</summary>
    public VaultOptions Vault { get; init; } = new();
}
