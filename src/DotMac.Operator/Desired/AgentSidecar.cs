using DotMac.Kubernetes.Models;
using DotMac.Operator.Images;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Desired;

/// <summary>
/// Vault's agent as the operator adds it itself, for clusters without the injector: a container that fills the files before the plugin starts,
/// and one that keeps them up to date. The files are in memory and never on a disk. Pure.
/// </summary>
internal static class AgentSidecar
{
    /// <summary>The container that fills the files before the plugin starts.</summary>
    public const string InitName = "vault-agent-init";

    /// <summary>The container that keeps them up to date.</summary>
    public const string Name = "vault-agent";

    /// <summary>The init container's configuration, in the plugin's ConfigMap.</summary>
    public const string InitFile = "vault-agent-init.json";

    /// <summary>The sidecar's configuration, in the plugin's ConfigMap.</summary>
    public const string File = "vault-agent.json";

    private const string SecretsVolume = "vault-secrets";
    private const string HomeVolume = "vault-home";
    private const string ConfigVolume = "vault-config";
    private const string TlsVolume = "vault-tls";
    private const string ConfigDirectory = "/vault/configs";
    private const int ReadableByGroup = 288; // 0440

    /// <summary>Whether this plugin has one.</summary>
    public static bool IsWanted(DesiredInputs inputs) => inputs.UsesVault && inputs.Injection == VaultInjection.Sidecar;

    /// <summary>The init container.</summary>
    public static V1Container Init(DesiredInputs inputs) => Container(inputs, InitName, InitFile);

    /// <summary>The sidecar.</summary>
    public static V1Container Sidecar(DesiredInputs inputs)
    {
        var container = Container(inputs, Name, File);

        // The agent has no page that says how it is. What it is there for is the files: ready is who has rendered them all.
        var rendered = new V1Probe
        {
            Exec = new V1ExecAction { Command = ["/bin/sh", "-c", string.Join(" && ", inputs.VaultPaths.Select(static p => $"test -s {AgentConfiguration.FileOf(p)}"))] },
            TimeoutSeconds = 3,
            PeriodSeconds = 10,
            FailureThreshold = 3,
        };
        container.ReadinessProbe = rendered;
        return container;
    }

    /// <summary>The plugin's view of the files.</summary>
    public static V1VolumeMount PluginMount => new() { Name = SecretsVolume, MountPath = Mounts.VaultSecretsDirectory, ReadOnly = true };

    /// <summary>The volumes, but for that of the token.</summary>
    public static IEnumerable<V1Volume> Volumes(DesiredInputs inputs)
    {
        yield return InMemory(SecretsVolume, "8Mi");
        yield return InMemory(HomeVolume, "8Mi");
        yield return new V1Volume
        {
            Name = ConfigVolume,
            ConfigMap = new V1ConfigMapVolumeSource
            {
                Name = inputs.Name,
                DefaultMode = ReadableByGroup,
                Items = [new V1KeyToPath { Key = InitFile, Path = InitFile }, new V1KeyToPath { Key = File, Path = File }],
            },
        };
        if (inputs.Options.Vault.TlsSecret is { } tls)
        {
            yield return new V1Volume
            {
                Name = TlsVolume,
                Projected = new V1ProjectedVolumeSource
                {
                    DefaultMode = ReadableByGroup,
                    Sources = [new V1VolumeProjection { Secret = new V1SecretProjection { Name = tls, Items = [new V1KeyToPath { Key = "ca.crt", Path = "ca.crt" }] } }],
                },
            };
        }
    }

    private static V1Container Container(DesiredInputs inputs, string name, string file) => new()
    {
        Name = name,
        Image = ImageRegistry.Rewrite(inputs.Options.ImageRegistry, inputs.Options.Vault.AgentImage),
        ImagePullPolicy = inputs.Options.ImagePullPolicy,
        Command = ["vault"],
        Args = ["agent", $"-config={ConfigDirectory}/{file}"],
        Env = [.. Environment(inputs)],
        Resources = inputs.Options.Vault.AgentResources,
        SecurityContext = new V1SecurityContext
        {
            RunAsNonRoot = true,
            RunAsUser = DesiredDeployment.UserId,
            ReadOnlyRootFilesystem = true,
            AllowPrivilegeEscalation = false,
            Capabilities = new V1Capabilities { Drop = ["ALL"] },
        },
        VolumeMounts = [.. VolumeMounts(inputs)],
    };

    private static IEnumerable<V1EnvVar> Environment(DesiredInputs inputs)
    {
        yield return new V1EnvVar { Name = "HOME", Value = "/home/vault" };
        if (inputs.Options.Vault.Namespace is { } ns)
        {
            // The login has it in the configuration; what templates read takes it from here.
            yield return new V1EnvVar { Name = "VAULT_NAMESPACE", Value = ns };
        }
    }

    private static IEnumerable<V1VolumeMount> VolumeMounts(DesiredInputs inputs)
    {
        yield return new V1VolumeMount { Name = SecretsVolume, MountPath = Mounts.VaultSecretsDirectory };
        yield return new V1VolumeMount { Name = HomeVolume, MountPath = "/home/vault" };
        yield return new V1VolumeMount { Name = ConfigVolume, MountPath = ConfigDirectory, ReadOnly = true };
        yield return new V1VolumeMount { Name = VaultAnnotations.TokenVolume, MountPath = AgentConfiguration.TokenDirectory, ReadOnly = true };
        if (inputs.Options.Vault.TlsSecret is not null)
        {
            yield return new V1VolumeMount { Name = TlsVolume, MountPath = AgentConfiguration.TlsDirectory, ReadOnly = true };
        }
    }

    private static V1Volume InMemory(string name, string size) => new()
    {
        Name = name,
        EmptyDir = new V1EmptyDirVolumeSource { Medium = "Memory", SizeLimit = ResourceQuantity.Parse(size) },
    };
}
