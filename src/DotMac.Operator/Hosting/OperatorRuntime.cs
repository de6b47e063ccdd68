using DotMac.Audit;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Configuration;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Diagnostics;
using DotMac.Kubernetes.Discovery;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.LeaderElection;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Queue;
using DotMac.Operator.Admission;
using DotMac.Operator.Admission.Certificates;
using DotMac.Operator.Applying;
using DotMac.Operator.Auditing;
using DotMac.Operator.Callers;
using DotMac.Operator.Configuration;
using DotMac.Operator.Diagnostics;
using DotMac.Operator.Egress;
using DotMac.Operator.Health;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Rollouts;
using DotMac.Operator.Secrets;
using DotMac.Operator.Status;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;
using DotMac.Vault.Client;
using DotMac.Vault.Sessions;

namespace DotMac.Operator.Hosting;

/// <summary>Puts the parts together, once, and runs them.</summary>
internal sealed class OperatorRuntime : IDisposable
{
    private static readonly TimeSpan ServerWait = TimeSpan.FromSeconds(2);

    private readonly OperatorOptions _options;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _logger;
    private readonly KubernetesClient? _leases;
    private readonly KubernetesClient _client;
    private readonly KubernetesClient? _unled;
    private readonly ApiDiscovery _discovery;
    private readonly SharedInformerFactory _informers;
    private readonly EventRecorder _events;
    private readonly ControllerManager _manager;
    private readonly ClusterKeySource _keys;
    private readonly VaultClient? _vault;
    private readonly PluginVault? _access;
    private readonly IAuditLog _audit;
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly PrometheusExporter _exporter;
    private string? _cluster;
    private AdmissionWebhook? _webhook;

    public OperatorRuntime(OperatorOptions options, KubernetesClientConfiguration configuration, IAuditLog audit, ILoggerFactory logs)
    {
        _options = options;
        _audit = audit;
        _logs = logs;
        _logger = logs.CreateLogger<OperatorRuntime>();
        _exporter = new PrometheusExporter(KubernetesMetrics.MeterName, OperatorMetrics.MeterName, AuditMetrics.MeterName, "System.Runtime");
        OperatorMetrics.ShowAtZero();
        Metrics.Add(_exporter);
        Metrics.Add(new ProcessMetrics());
        var election = new LeaderElectionOptions
        {
            LeaseName = "dotmac-operator",
            Namespace = options.LeaderElectionNamespace ?? options.OperatorNamespace,
        };

        // So that the API server's audit log tells replicas apart.
        configuration = configuration with { UserAgent = $"{ResourceNames.FieldManager}/{Uri.EscapeDataString(election.Identity)}" };
        LeaderElector? elector = null;
        if (options.LeaderElect)
        {
            // A connection of its own, which neither a burst of requests nor a frozen stream of the other can hold up, and which is given
            // up early enough for another one before the deadline.
            _leases = new KubernetesClient(configuration with { RequestTimeout = election.RenewDeadline / 3 });
            elector = new LeaderElector(_leases.Resource<V1Lease>(), election, logs.CreateLogger<LeaderElector>(), _clock);
        }

        if (options.Webhook is { Enabled: true, CertificateDirectory: null })
        {
            // Its certificate is every replica's business, not only the leader's.
            _unled = new KubernetesClient(configuration);
        }

        _client = new KubernetesClient(configuration with { BeforeWrite = elector is null ? null : elector.ThrowIfNotLeader }, ResourceJson.Options);
        _discovery = new ApiDiscovery(_client);
        _informers = new SharedInformerFactory(_client, logs.CreateLogger<SharedInformerFactory>());
        _events = new EventRecorder(_client, "dotmac.io/operator", Environment.MachineName, logs.CreateLogger<EventRecorder>());
        _manager = new ControllerManager(_client, _informers, _events, logs.CreateLogger<ControllerManager>()) { LeaderElector = elector };
        if (options.Vault.Address is { } address)
        {
            _vault = VaultClient.WithKubernetesLogin(
                new VaultClientOptions { Address = address, Namespace = options.Vault.Namespace, CertificateAuthorityFile = options.Vault.CertificateAuthorityFile },
                new KubernetesLoginOptions { Role = options.Vault.Role, Mount = VaultNames.AuthMount(options.Vault.AuthPath), TokenFile = options.Vault.TokenFile },
                _clock,
                logs.CreateLogger<VaultSession>());
            _access = new PluginVault(_vault, options.Vault, ClusterIdAsync, _clock, logs.CreateLogger<PluginVault>());
        }

        _keys = new ClusterKeySource(_client, logs.CreateLogger<ClusterKeySource>(), _clock);
    }

    /// <summary>What is counted.</summary>
    public MetricsPage Metrics { get; } = new();

    /// <summary>Where the admission webhook is served; null while it is not.</summary>
    public Uri? WebhookAddress => _webhook?.Address;

    /// <summary>What is wrong beyond repair, or null: restarting may help.</summary>
    public string? Unhealthy() => _manager.Unhealthy();

    /// <summary>What is not there yet, or null.</summary>
    public string? NotReady() => _manager.IsReady ? _manager.Unhealthy() : "the caches are not in sync yet";

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await WaitForServerAsync(cancellationToken);
        await _keys.RefreshAsync(cancellationToken);

        var kinds = new List<EntityType>();
        foreach (var homes in ChildKind.Homes)
        {
            if (await _discovery.FirstServedAsync(homes, cancellationToken) is { } kind)
            {
                kinds.Add(kind);
            }
        }

        var caches = new PluginCaches(_informers);
        var children = new ChildCaches(_informers, kinds);
        Metrics.Add(new WatchMetrics(() => _manager.IsReady, () => _informers.Informers));
        Metrics.Add(new PluginGauges(caches.PluginInformer.Store, () => _manager.IsReady, _options.PluginMetrics, _options.PluginMetricsLimit));
        var authors = new ChangeAuthors(_clock);
        var audit = new PluginAudit(_audit, caches, () => _manager.IsLeading) { Authors = authors };
        audit.Listen();
        _access?.OnChanged(audit.AccessChangedAsync);
        using var probe = CreateProbe();
        using var prober = new HealthProber(caches, probe.Probe, _options.ProbeInterval, _logs.CreateLogger<HealthProber>(), _clock);
        var usage = new UsageReader(_client, caches.Pods, _options.StatusMetricsInterval, _logs.CreateLogger<UsageReader>(), _clock);
        var egress = _options.EgressResolution ? new EgressResolver(new DnsHostResolver(), _logs.CreateLogger<EgressResolver>(), _clock) : null;
        var controller = AddControllers(caches, children, prober, usage, audit, egress);
        usage.OnChanged(plugin => controller.Enqueue(plugin, QueuePriority.Low));
        prober.OnChanged((plugin, atOnce) => controller.Enqueue(plugin, atOnce ? QueuePriority.High : QueuePriority.Low));

        _manager.RunBeside(_events.RunAsync);
        _manager.RunBeside(prober.RunAsync);
        _manager.RunBeside(usage.RunAsync);
        if (egress is not null)
        {
            egress.OnChanged(plugin => controller.Enqueue(plugin, QueuePriority.Low));
            _manager.RunBeside(egress.RunAsync);
        }

        if (_vault is not null && _access is not null)
        {
            _manager.RunBeside(new VaultSweep(_vault, _access, caches, _options.Vault, ClusterIdAsync, _clock, _logs.CreateLogger<VaultSweep>()).RunAsync);
        }

        if (_options.Webhook.Enabled)
        {
            _webhook = new AdmissionWebhook(_options.Webhook, new AdmissionReviewer(caches, new AdmissionAudit(_audit, authors, caches, _clock)), CreateCertificates(), _logs);
            _manager.RunWithCaches(_webhook.RunAsync);
        }

        // Also while standing by, for one request in ten minutes: whoever begins to lead must not roll out keys of yesterday.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keys = _keys.RunAsync(() => EnqueueAll(caches, controller), stop.Token);
        try
        {
            await _manager.RunAsync(cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await keys.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        _manager.Dispose();
        _client.Dispose();
        _unled?.Dispose();
        _leases?.Dispose();
        _vault?.Dispose();
        _exporter.Dispose();
    }

    private void EnqueueAll(PluginCaches caches, Controller<TenantPlugin> controller)
    {
        if (!_manager.IsLeading)
        {
            // With leadership every plugin is looked at.
            return;
        }

        foreach (var plugin in caches.PluginInformer.Store.List())
        {
            controller.Enqueue(ObjectKey.Of(plugin), QueuePriority.Low);
        }
    }

    private Controller<TenantPlugin> AddControllers(PluginCaches caches, ChildCaches children, HealthProber prober, UsageReader usage, PluginAudit audit, EgressResolver? egress)
    {
        _manager.AddController(
            "plugindefinition",
            caches.DefinitionInformer,
            new PluginDefinitionController(_client, caches, _clock),
            builder => builder.Watches(
                caches.PluginInformer,
                static change => change.Type != InformerEventType.Updated && change.Object.Spec.Plugin is { Length: > 0 } name
                    ? [new ObjectKey(string.Empty, name)]
                    : []),
            new ControllerOptions { Workers = 2 });
        var reconciler = new TenantPluginController(
            caches,
            children,
            new SecretCheck(_client, _access),
            new Applier(_client, children, _logs.CreateLogger<Applier>()),
            new StatusWriter(_client, caches.PluginInformer, new StatusBudget(_options.StatusWritesPerSecond, _clock)),
            new InjectorRecovery(_client, _events, _clock, _logs.CreateLogger<InjectorRecovery>(), audit),
            new PluginRollouts(new RevisionHistory(_client, _options.RevisionHistoryLimit), _logs.CreateLogger<PluginRollouts>()),
            new ReconcileContext(_options, _keys, prober, _events, _clock) { Vault = _access, Usage = usage, Audit = audit, Egress = egress });
        return _manager.AddController(
            "tenantplugin",
            caches.PluginInformer,
            reconciler,
            builder =>
            {
                foreach (var informer in children.Informers)
                {
                    builder.Owns(informer).Watches(informer, caches.OnNamesake);
                }

                if (_access is not null)
                {
                    builder.Finalizer(new VaultFinalizer(_access, caches, _events, _clock));
                }

                builder
                    .Watches(caches.DefinitionInformer, caches.OnDefinition)
                    .Watches(caches.PluginInformer, caches.OnNeighbour)
                    .Watches(caches.NamespaceInformer, caches.OnNamespace)
                    .Watches(caches.PodInformer, PluginCaches.OnPod)
                    .Watches(caches.WarningInformer, caches.OnWarning);
            },
            new ControllerOptions { Workers = _options.Workers });
    }

    // A cluster has no name of its own; the namespace that every one has is made once, and its uid is taken for one.
    private async ValueTask<string> ClusterIdAsync(CancellationToken cancellationToken) =>
        _cluster ??= (await _client.Resource<V1Namespace>().GetAsync(new ObjectKey(string.Empty, "kube-system"), cancellationToken))?.Metadata.Uid
            ?? throw new ApiException("the cluster has no namespace kube-system, by whose uid it is told from others");

    private IWebhookCertificates CreateCertificates() => _options.Webhook.CertificateDirectory is { } directory
        ? new MountedCertificate(directory, _logs.CreateLogger<MountedCertificate>(), _clock)
        : new CertificateKeeper(_unled!, _options.OperatorNamespace, _options.Webhook.Addresses, _logs.CreateLogger<CertificateKeeper>(), _clock);

    private OwnedProbe CreateProbe()
    {
        var direct = _options.ProbeRoute == ProbeRoute.PodAddress
            || (_options.ProbeRoute == ProbeRoute.Auto && KubernetesClientConfiguration.IsInCluster);
        return direct ? new OwnedProbe(new DirectPodProbe()) : new OwnedProbe(new ApiServerPodProbe(_client));
    }

    // At the start of a cluster the operator may be there before the API server answers, or before its definitions are applied.
    private async Task WaitForServerAsync(CancellationToken cancellationToken)
    {
        for (var said = string.Empty; ;)
        {
            string trouble;
            try
            {
                var version = await _discovery.VersionAsync(cancellationToken);
                var discovery = new ApiDiscovery(_client);
                if (await discovery.ServesAsync(EntityType.Of<TenantPlugin>(), cancellationToken)
                    && await discovery.ServesAsync(EntityType.Of<PluginDefinition>(), cancellationToken))
                {
                    _logger.LogInformation("Connected to Kubernetes {Version}", version.GitVersion);
                    return;
                }

                trouble = "the CustomResourceDefinitions of the operator are not installed; apply crds/ (make crds-install)";
            }
            catch (Exception e) when (e is HttpRequestException or ApiException { IsUnauthorized: false, IsForbidden: false } or IOException)
            {
                trouble = e.Message;
            }

            if (trouble != said)
            {
                _logger.LogWarning("Waiting for the API server: {Reason}", trouble);
                said = trouble;
            }

            await Task.Delay(ServerWait, _clock, cancellationToken);
        }
    }

    private sealed class OwnedProbe(IPodProbe probe) : IDisposable
    {
        public IPodProbe Probe => probe;

        public void Dispose() => (probe as IDisposable)?.Dispose();
    }
}
