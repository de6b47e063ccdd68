using System.Globalization;
using System.Text;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Desired;

/// <summary>The pods of a plugin: one container, fenced in to satisfy the <c>restricted</c> profile of the Pod Security Standards.</summary>
internal static class DesiredDeployment
{
    /// <summary>The name of the plugin's container.</summary>
    public const string ContainerName = "plugin";

    /// <summary>The uid and gid that plugins run as.</summary>
    public const int UserId = 10001;

    private const string ConfigVolume = "config";
    private const string SecretsVolume = "secrets";
    private const string TemporaryVolume = "tmp";
    private const int ReadableByGroup = 288; // 0440
    private const int DrainSeconds = 30;

    public static V1Deployment Of(DesiredInputs inputs) => new()
    {
        Metadata = ChildMetadata.Of(inputs),
        Spec = new V1DeploymentSpec
        {

            // Who scales with the load decides, and is not overruled.
            Replicas = inputs.Effective.IsAutoscaled ? null : inputs.Effective.WantedReplicas,
            Selector = new V1LabelSelector { MatchLabels = ChildMetadata.Selector(inputs) },
            RevisionHistoryLimit = 3,
            ProgressDeadlineSeconds = (int)inputs.Effective.ProgressDeadline.TotalSeconds,

            // A new pod is ready before an old one goes: calls are not lost, and a version that does not come up replaces nothing.
            Strategy = new V1DeploymentStrategy
            {
                Type = "RollingUpdate",
                RollingUpdate = new V1RollingUpdateDeployment { MaxSurge = 1, MaxUnavailable = 0 },
            },
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = ChildMetadata.Labels(inputs), Annotations = TemplateAnnotations(inputs) },
                Spec = PodSpec(inputs),
            },
        },
    };

    private static Dictionary<string, string> TemplateAnnotations(DesiredInputs inputs)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        if (inputs.Effective.Reload == ReloadMode.Restart)
        {
            annotations[Annotations.ConfigHash] = Hashing.Of(CanonicalJson.Of(inputs.Effective.Config));
        }

        // The agents read their configuration once: another one takes other pods.
        if (AgentSidecar.IsWanted(inputs))
        {
            annotations[Annotations.AgentHash] = Hashing.Of(Encoding.UTF8.GetBytes(AgentConfiguration.Of(inputs, once: false)));
        }

        if (RestartMark.Of(inputs.Plugin) is { } mark)
        {
            annotations[Annotations.RestartedAt] = mark;
        }

        if (inputs.Rotation is { Versions: { } versions, At: { } since })
        {
            annotations[Annotations.SecretVersions] = versions;
            annotations[Annotations.SecretVersionsSince] = since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        foreach (var (key, value) in VaultAnnotations.Of(inputs))
        {
            annotations[key] = value;
        }

        return annotations;
    }

    private static V1PodSpec PodSpec(DesiredInputs inputs) => new()
    {
        ServiceAccountName = inputs.Name,
        AutomountServiceAccountToken = false,
        EnableServiceLinks = false,
        TerminationGracePeriodSeconds = DrainSeconds,
        ImagePullSecrets = inputs.PullSecrets.Count == 0 ? null : [.. inputs.PullSecrets.Select(static name => new V1LocalObjectReference { Name = name })],
        PriorityClassName = inputs.Options.PluginPriorityClass,
        RuntimeClassName = inputs.Effective.SandboxEnabled ? inputs.Effective.RuntimeClassName : null,
        SecurityContext = new V1PodSecurityContext
        {
            RunAsNonRoot = true,
            RunAsUser = UserId,
            RunAsGroup = UserId,
            FsGroup = UserId,
            SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
        },
        InitContainers = AgentSidecar.IsWanted(inputs) ? [AgentSidecar.Init(inputs)] : null,
        Containers = AgentSidecar.IsWanted(inputs) && inputs.RefreshesSecrets ? [Container(inputs), AgentSidecar.Sidecar(inputs)] : [Container(inputs)],
        Volumes = [.. Volumes(inputs)],

        // For one pod too, to which it means nothing: scaling must not change the template, or it would roll the pods that are there.
        TopologySpreadConstraints =
        [
            new V1TopologySpreadConstraint
            {
                MaxSkew = 1,
                TopologyKey = "kubernetes.io/hostname",
                WhenUnsatisfiable = "ScheduleAnyway",
                LabelSelector = new V1LabelSelector { MatchLabels = ChildMetadata.Selector(inputs) },
            },
        ],
    };

    private static IEnumerable<V1EnvVar> Telemetry(Uri? endpoint) => endpoint is null
        ? []
        :
        [
            new V1EnvVar { Name = "OTEL_EXPORTER_OTLP_ENDPOINT", Value = endpoint.AbsoluteUri },
            new V1EnvVar { Name = "OTEL_EXPORTER_OTLP_PROTOCOL", Value = "http/protobuf" },
        ];

    private static IEnumerable<V1EnvVar> PublicUrl(DesiredInputs inputs)
    {
        if (inputs.Effective.Ingress is { } ingress)
        {
            var scheme = string.IsNullOrEmpty(ingress.TlsSecretName) ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
            yield return new V1EnvVar { Name = EnvironmentNames.PublicUrl, Value = $"{scheme}://{ingress.Host}{ContractPaths.Webhooks}/" };
        }
    }

    private static V1Container Container(DesiredInputs inputs) => new()
    {
        Name = ContainerName,
        Image = inputs.Effective.Image,
        ImagePullPolicy = inputs.Options.ImagePullPolicy,
        Resources = inputs.Effective.Resources,
        Ports = [new V1ContainerPort { Name = DesiredService.PortName, ContainerPort = ContractPorts.Http, Protocol = "TCP" }],
        Env =
        [
            .. PublicUrl(inputs),
            .. Telemetry(inputs.Options.PluginOtlpEndpoint),
            new V1EnvVar { Name = EnvironmentNames.Tenant, Value = inputs.Tenant },
            new V1EnvVar { Name = EnvironmentNames.Plugin, Value = inputs.Effective.Plugin },
            new V1EnvVar { Name = EnvironmentNames.PluginVersion, Value = inputs.Effective.Version },
            new V1EnvVar { Name = EnvironmentNames.Reload, Value = inputs.Effective.Reload.ToString() },
            new V1EnvVar
            {
                Name = EnvironmentNames.PodName,
                ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = "metadata.name" } },
            },
        ],

        // Vault's injector copies the uid from here, not from the pod.
        SecurityContext = new V1SecurityContext
        {
            RunAsNonRoot = true,
            RunAsUser = UserId,
            ReadOnlyRootFilesystem = true,
            AllowPrivilegeEscalation = false,
            Capabilities = new V1Capabilities { Drop = ["ALL"] },
        },

        // The first request of a cold .NET process on a tenth of a core takes two seconds: the start-up probe has patience, and
        // liveness, which kills, is slower to judge than readiness, which only takes traffic away.
        StartupProbe = Probe(ContractPaths.Healthz, period: 2, failures: 60),
        LivenessProbe = Probe(ContractPaths.Healthz, period: 10, failures: 6),
        ReadinessProbe = Probe(ContractPaths.Readyz, period: 5, failures: 3),
        VolumeMounts = [.. VolumeMounts(inputs)],
    };

    private static V1Probe Probe(string path, int period, int failures) => new()
    {
        HttpGet = new V1HTTPGetAction { Path = path, Port = DesiredService.PortName },
        TimeoutSeconds = 3,
        PeriodSeconds = period,
        FailureThreshold = failures,
    };

    private static IEnumerable<V1VolumeMount> VolumeMounts(DesiredInputs inputs)
    {
        yield return new V1VolumeMount { Name = ConfigVolume, MountPath = Mounts.ConfigDirectory, ReadOnly = true };
        yield return new V1VolumeMount { Name = TemporaryVolume, MountPath = "/tmp" };
        if (AgentSidecar.IsWanted(inputs))
        {
            yield return AgentSidecar.PluginMount;
        }

        if (SecretReferences(inputs).Any())
        {
            yield return new V1VolumeMount { Name = SecretsVolume, MountPath = Mounts.SecretsDirectory, ReadOnly = true };
        }
    }

    private static IEnumerable<V1Volume> Volumes(DesiredInputs inputs)
    {
        yield return new V1Volume { Name = ConfigVolume, ConfigMap = new V1ConfigMapVolumeSource { Name = inputs.Name, DefaultMode = ReadableByGroup } };
        yield return new V1Volume
        {
            Name = TemporaryVolume,
            EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = ResourceQuantity.Parse("64Mi") },
        };

        // Secrets are files that the kubelet puts there and keeps up to date: never a copy, never an environment variable.
        var secrets = SecretReferences(inputs)
            .GroupBy(static r => r.Path, StringComparer.Ordinal)
            .OrderBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => new V1VolumeProjection
            {
                Secret = new V1SecretProjection
                {
                    Name = g.Key,
                    Items =
                    [
                        .. g.Select(static r => r.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                            .Select(key => new V1KeyToPath { Key = key, Path = $"{g.Key}/{key}" }),
                    ],
                },
            })
            .ToList();
        if (secrets.Count > 0)
        {
            yield return new V1Volume
            {
                Name = SecretsVolume,
                Projected = new V1ProjectedVolumeSource { DefaultMode = ReadableByGroup, Sources = secrets },
            };
        }

        if (AgentSidecar.IsWanted(inputs))
        {
            foreach (var volume in AgentSidecar.Volumes(inputs))
            {
                yield return volume;
            }
        }

        if (inputs.UsesVault)
        {
            yield return new V1Volume
            {
                Name = VaultAnnotations.TokenVolume,
                Projected = new V1ProjectedVolumeSource
                {
                    DefaultMode = ReadableByGroup,
                    Sources =
                    [
                        new V1VolumeProjection
                        {
                            ServiceAccountToken = new V1ServiceAccountTokenProjection
                            {
                                Audience = inputs.Options.Vault.Audience,
                                ExpirationSeconds = 3600,
                                Path = "token",
                            },
                        },
                    ],
                },
            };
        }
    }

    private static IEnumerable<ConfigReference> SecretReferences(DesiredInputs inputs) =>
        inputs.References.Where(static r => r.Kind == ReferenceKind.Secret);
}
