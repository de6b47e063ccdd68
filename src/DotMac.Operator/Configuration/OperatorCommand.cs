using System.CommandLine;
using System.Globalization;
using DotMac.Kubernetes.Configuration;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Hosting;
using DotMac.Operator.Images;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Crds;

namespace DotMac.Operator.Configuration;

/// <summary>The command line.</summary>
internal static class OperatorCommand
{
    public static RootCommand Create()
    {
        var defaults = new OperatorOptions();
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "A kubeconfig. Default: KUBECONFIG, ~/.kube/config, or the pod's service account" };
        var context = new Option<string?>("--context") { Description = "A context of the kubeconfig. Default: its current one" };
        var metrics = new Option<string>("--metrics-bind-address")
        {
            Description = "Where /healthz, /readyz and /metrics are served; a port of 0 takes a free one",
            DefaultValueFactory = _ => defaults.MetricsAddress,
        };
        var workers = Number("--workers", "TenantPlugins reconciled at the same time", defaults.Workers, 1, 1024);
        var statusWrites = Number(
            "--status-writes-per-second",
            "How many statuses are written in a second at most, in the long run; those that mean something come before numbers alone",
            defaults.StatusWritesPerSecond, 1, 100_000);
        var probeInterval = Duration("--probe-interval", "How often a plugin is asked how it is", defaults.ProbeInterval);
        var metricsInterval = Duration("--status-metrics-interval", "How often metrics alone are written to a status at most", defaults.StatusMetricsInterval);
        var revisions = Number("--revision-history-limit", "How many revisions of a plugin that were good are kept, to go back to", defaults.RevisionHistoryLimit, 2, 100);
        var route = new Option<ProbeRoute>("--probe-route")
        {
            Description = "How pods are reached: Auto, PodAddress or ApiServer",
            DefaultValueFactory = _ => defaults.ProbeRoute,
        };
        var ns = new Option<string?>("--operator-namespace") { Description = "The namespace that the operator runs in. Default: the pod's own, else dotmac-system" };
        var elect = new Option<bool?>("--leader-elect")
        {
            Description = "Whether one of several replicas works while the others stand by. Default: true in a pod, false elsewhere",
        };
        var electNs = new Option<string?>("--leader-election-namespace") { Description = "The namespace of the lease that they agree by. Default: the operator's" };
        var pull = new Option<string>("--image-pull-policy") { Description = "The pull policy of plugin containers", DefaultValueFactory = _ => defaults.ImagePullPolicy };
        pull.AcceptOnlyFromAmong("Always", "IfNotPresent", "Never");
        var egress = new Option<bool>("--egress-resolution")
        {
            Description = "Whether declared hosts are looked up every minute, and network policies open them at their addresses alone rather than at every public one",
        };
        var sandbox = new Option<bool>("--sandbox-required") { Description = "Whether network policies confine every plugin, whatever spec.sandbox.enabled says" };
        var registry = new Option<string?>("--image-registry")
        {
            Description = "A registry of one's own that plugins and agents are pulled from, under the paths that their images have elsewhere; such as registry.local:5000/mirror. Default: the images' own",
        };
        registry.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string?>() is { Length: > 0 } text && !ImageRegistry.IsRegistry(text))
            {
                result.AddError($"--image-registry: '{text}' is no registry; write its host without a scheme, with a port and a path where it has them, such as registry.local:5000/mirror");
            }
        });
        var pullSecrets = new Option<string?>("--image-pull-secrets")
        {
            Description = $"Secrets in every tenant's namespace that images are pulled with, with commas between them. A namespace's annotation {Annotations.ImagePullSecrets} names further ones",
        };
        pullSecrets.Validators.Add(static result =>
        {
            foreach (var name in PullSecrets.Split(result.GetValueOrDefault<string?>()).Where(static name => !PullSecrets.IsName(name)))
            {
                result.AddError($"--image-pull-secrets: '{name}' is no name of a Secret; write names of lower-case letters, digits, '-' and '.', with commas between them");
            }
        });
        var priority = new Option<string?>("--plugin-priority-class") { Description = "The PriorityClass of plugin pods. Default: the cluster's" };
        var otlp = Address("--otlp-endpoint", "An OpenTelemetry collector's OTLP address (gRPC) for traces. Default: OTEL_EXPORTER_OTLP_ENDPOINT, else none", "http://collector:4317");
        var vaultAddress = Address("--vault-address", "Vault's address. Default: what the injector knows", "https://vault:8200");
        var vaultMount = new Option<string>("--vault-mount") { Description = "The mount of the KV version 2 engine", DefaultValueFactory = _ => defaults.Vault.Mount };
        var vaultPrefix = new Option<string>("--vault-path-prefix")
        {
            Description = "The path below the mount that belongs to a tenant",
            DefaultValueFactory = _ => defaults.Vault.PathPrefix,
        };
        var vaultAuth = new Option<string>("--vault-auth-path") { Description = "The mount of the Kubernetes auth method", DefaultValueFactory = _ => defaults.Vault.AuthPath };
        var vaultNamespace = new Option<string?>("--vault-namespace") { Description = "The Vault namespace. Default: none" };
        var vaultCa = new Option<string?>("--vault-ca-cert") { Description = "A PEM file with the authorities that vouch for Vault. Default: the system's" };
        var vaultTls = new Option<string?>("--vault-tls-secret") { Description = "A Secret in each tenant's namespace whose ca.crt vouches for Vault. Default: the system's authorities" };
        var vaultRole = new Option<string>("--vault-role") { Description = "The role with which the operator logs in to Vault", DefaultValueFactory = _ => defaults.Vault.Role };
        var vaultToken = new Option<string>("--vault-token-file") { Description = "The projected token with which it does", DefaultValueFactory = _ => defaults.Vault.TokenFile };
        var vaultInjection = new Option<VaultInjection>("--vault-injection")
        {
            Description = "Who renders secrets unless a TenantPlugin says otherwise: Injector, Sidecar or None",
            DefaultValueFactory = _ => defaults.Vault.Injection,
        };
        var vaultImage = new Option<string>("--vault-agent-image") { Description = "The agent's image, for Sidecar", DefaultValueFactory = _ => defaults.Vault.AgentImage };
        var pluginOtlp = Address("--plugin-otlp-endpoint", "Where plugins send traces and metrics to, by OTLP over HTTP. Default: nowhere", "http://collector:4318");
        var ingressNamespaces = new Option<string[]>("--ingress-namespace")
        {
            Description = "A namespace of the ingress controllers, which are let in to plugins with spec.ingress; repeatable. Default: every namespace",
        };
        var metricsNamespaces = new Option<string[]>("--metrics-namespace")
        {
            Description = "A namespace of the Prometheus servers, which are let in to every plugin's port for /metrics; repeatable. Default: none",
        };
        var pluginMetrics = new Option<bool>("--plugin-metrics")
        {
            Description = "Whether /metrics tells of every plugin, or only of all together",
            DefaultValueFactory = _ => defaults.PluginMetrics,
        };
        var pluginMetricsLimit = Number(
            "--plugin-metrics-limit",
            "How many plugins /metrics tells of; above that, plugins in name order are left out",
            defaults.PluginMetricsLimit, 0, 1_000_000, "; --plugin-metrics=false turns them off");
        var vaultCache = new Option<bool>("--vault-agent-cache") { Description = "Whether injected agents keep a cache of tokens and leases" };
        var vaultRender = Duration("--vault-render-interval", "How often agents look for changed secrets", defaults.Vault.RenderInterval);
        var vaultRecheck = Duration("--vault-recheck-interval", "How often the operator looks whether secrets are still there", defaults.Vault.RecheckInterval);
        var vaultRotation = Duration("--vault-rotation-interval", "The least time between two rolls of a plugin's pods for changed secrets", defaults.Vault.RotationInterval);
        vaultPrefix.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>()?.Contains("{tenant}", StringComparison.Ordinal) != true)
            {
                result.AddError("--vault-path-prefix must hold {tenant}: without it all tenants would share their secrets");
            }
        });

        var auditStdout = new Option<bool>("--audit-stdout")
        {
            Description = "Whether the audit trail goes to standard output, which then carries nothing else; logs go to standard error",
            DefaultValueFactory = _ => defaults.Audit.Stdout,
        };
        var auditFile = new Option<string?>("--audit-file") { Description = "A file for the audit trail, which rotates; dotmac audit verify checks it. Default: none" };
        var auditKey = new Option<string?>("--audit-key-file") { Description = "A file with a key of 16 bytes or more, without which nobody can make a trail that fits. Default: none" };
        var auditSize = new Option<long>("--audit-file-max-size")
        {
            Description = "A file of the audit trail that has reached this size is set aside; such as 100Mi",
            DefaultValueFactory = _ => defaults.Audit.MaxBytes,
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
                if (ResourceQuantity.TryParse(text, out var size) && size.Value is >= 1024 and <= long.MaxValue)
                {
                    return (long)size.Value;
                }

                result.AddError($"--audit-file-max-size: '{text}' is no size of 1Ki or more; write a quantity, such as 100Mi");
                return 0;
            },
        };
        var auditKeep = Number("--audit-file-keep", "How many files of the audit trail that are full are kept", defaults.Audit.Keep, 0, 10_000);
        var webhook = new Option<bool>("--webhook")
        {
            Description = "Whether the API server can ask before it stores something; config/operator/webhook.yaml tells it to",
            DefaultValueFactory = _ => defaults.Webhook.Enabled,
        };
        var webhookPort = Number("--webhook-port", "The port where it asks; 0 takes a free one", defaults.Webhook.Port, 0, 65535, "; --webhook=false turns it off");
        var webhookCertificates = new Option<string?>("--webhook-certificate-directory")
        {
            Description = "A directory with tls.crt and tls.key, such as cert-manager's, for the webhook. Default: the operator makes its own",
        };
        var webhookAddresses = new Option<string[]>("--webhook-address")
        {
            Description = "A name or an address besides the Service's that the operator's own certificate is for; repeatable",
        };

        var root = new RootCommand("Runs plugins for tenants on Kubernetes: reconciles TenantPlugin resources until told to stop.")
        {
            kubeconfig, context, metrics, workers, probeInterval, metricsInterval, statusWrites, route, ns, elect, electNs, pull, sandbox, egress, registry, pullSecrets, priority, ingressNamespaces, otlp, pluginOtlp, vaultAddress, vaultMount, vaultPrefix, vaultAuth,
            vaultNamespace, vaultCa, vaultTls, vaultRole, vaultToken, vaultInjection, vaultImage, vaultCache, vaultRender, vaultRecheck, vaultRotation, auditStdout, auditFile, auditKey, auditSize, auditKeep,
            metricsNamespaces, pluginMetrics, pluginMetricsLimit, revisions, webhook, webhookPort, webhookCertificates, webhookAddresses,
        };
        root.SetAction((parsed, cancellationToken) => OperatorProcess.RunAsync(
            defaults with
            {
                Kubeconfig = parsed.GetValue(kubeconfig),
                Context = parsed.GetValue(context),
                MetricsAddress = parsed.GetValue(metrics)!,
                Workers = parsed.GetValue(workers),
                ProbeInterval = parsed.GetValue(probeInterval),
                StatusMetricsInterval = parsed.GetValue(metricsInterval),
                StatusWritesPerSecond = parsed.GetValue(statusWrites),
                RevisionHistoryLimit = parsed.GetValue(revisions),
                ProbeRoute = parsed.GetValue(route),
                OperatorNamespace = parsed.GetValue(ns) ?? Environment.GetEnvironmentVariable("POD_NAMESPACE") ?? defaults.OperatorNamespace,
                LeaderElect = parsed.GetValue(elect) ?? KubernetesClientConfiguration.IsInCluster,
                LeaderElectionNamespace = parsed.GetValue(electNs),
                ImagePullPolicy = parsed.GetValue(pull)!,
                EgressResolution = parsed.GetValue(egress),
                SandboxRequired = parsed.GetValue(sandbox),
                ImageRegistry = parsed.GetValue(registry) is { Length: > 0 } mirror ? mirror : null,
                ImagePullSecrets = [.. PullSecrets.Split(parsed.GetValue(pullSecrets)).Distinct(StringComparer.Ordinal)],
                PluginPriorityClass = parsed.GetValue(priority) is { Length: > 0 } named ? named : null,
                IngressNamespaces = parsed.GetValue(ingressNamespaces) ?? [],
                MetricsNamespaces = parsed.GetValue(metricsNamespaces) ?? [],
                PluginMetrics = parsed.GetValue(pluginMetrics),
                PluginMetricsLimit = parsed.GetValue(pluginMetricsLimit),
                OtlpEndpoint = parsed.GetValue(otlp)
                    ?? (Uri.TryCreate(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"), UriKind.Absolute, out var collector) ? collector : null),
                PluginOtlpEndpoint = parsed.GetValue(pluginOtlp),
                Audit = new AuditOptions
                {
                    Stdout = parsed.GetValue(auditStdout),
                    File = parsed.GetValue(auditFile),
                    KeyFile = parsed.GetValue(auditKey),
                    MaxBytes = parsed.GetValue(auditSize),
                    Keep = parsed.GetValue(auditKeep),
                },
                Webhook = new WebhookOptions
                {
                    Enabled = parsed.GetValue(webhook),
                    Port = parsed.GetValue(webhookPort),
                    CertificateDirectory = parsed.GetValue(webhookCertificates),
                    Addresses = parsed.GetValue(webhookAddresses) ?? [],
                },
                Vault = defaults.Vault with
                {
                    Address = parsed.GetValue(vaultAddress),
                    Mount = parsed.GetValue(vaultMount)!,
                    PathPrefix = parsed.GetValue(vaultPrefix)!,
                    AuthPath = parsed.GetValue(vaultAuth)!,
                    Namespace = parsed.GetValue(vaultNamespace),
                    CertificateAuthorityFile = parsed.GetValue(vaultCa),
                    TlsSecret = parsed.GetValue(vaultTls),
                    Role = parsed.GetValue(vaultRole)!,
                    TokenFile = parsed.GetValue(vaultToken)!,
                    Injection = parsed.GetValue(vaultInjection),
                    AgentImage = parsed.GetValue(vaultImage)!,
                    AgentCache = parsed.GetValue(vaultCache),
                    RenderInterval = parsed.GetValue(vaultRender),
                    RecheckInterval = parsed.GetValue(vaultRecheck),
                    RotationInterval = parsed.GetValue(vaultRotation),
                },
            },
            cancellationToken));
        root.Subcommands.Add(Crds());
        return root;
    }

    private static Command Crds()
    {
        var output = new Option<DirectoryInfo?>("--output") { Description = "A directory, one file a definition. Default: standard output" };
        var rules = new Option<bool>("--validation-rules")
        {
            Description = "With CEL rules, for Kubernetes 1.25 and newer; kubectl refuses them for older servers",
        };
        var command = new Command("crds", "Prints the CustomResourceDefinitions that this version of the operator needs.") { output, rules };
        command.SetAction(parsed =>
        {
            var directory = parsed.GetValue(output);
            directory?.Create();
            foreach (var (name, yaml) in ResourceCrds.All(parsed.GetValue(rules)))
            {
                if (directory is null)
                {
                    Console.Out.Write("---\n" + yaml);
                }
                else
                {
                    File.WriteAllText(Path.Combine(directory.FullName, name), yaml);
                    Console.Error.WriteLine($"wrote {Path.Combine(directory.FullName, name)}");
                }
            }
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int standard, int least, int most, string advice = "") => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number between {least} and {most}{advice}"));
            return standard;
        },
    };

    private static Option<TimeSpan> Duration(string name, string description, TimeSpan standard) => new(name)
    {
        Description = description + ", such as 500ms, 15s, 2m or 1h",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (TryParse(text, out var duration) && duration > TimeSpan.Zero)
            {
                return duration;
            }

            result.AddError($"{name}: '{text}' is no duration; write a number with a unit, such as 500ms, 15s, 2m or 1h");
            return standard;
        },
    };

    private static Option<Uri?> Address(string name, string description, string example) => new(name)
    {
        Description = $"{description}; such as {example}",
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
            {
                return address;
            }

            result.AddError($"{name}: '{text}' is no address; write it with its scheme, such as {example}");
            return null;
        },
    };

    internal static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        foreach (var (suffix, unit) in new[] { ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)) })
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number < 1_000_000)
            {
                duration = unit * number;
                return true;
            }
        }

        return false;
    }
}
