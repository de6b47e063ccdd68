namespace DotMac.Plugins.Contract;

/// <summary>Where a plugin container finds what the operator and Vault's agent put there.</summary>
public static class Mounts
{
    /// <summary>The directory of <see cref="ConfigFile"/> and <see cref="CallersFile"/>: a mounted ConfigMap, updated by the kubelet through a symlink swap.</summary>
    public const string ConfigDirectory = "/etc/dotmac";

    /// <summary>The config, a JSON object, its references not resolved.</summary>
    public const string ConfigFile = "/etc/dotmac/plugin.json";

    /// <summary>Who may call operations, and the keys to verify them with (<see cref="Callers.CallersFile"/>).</summary>
    public const string CallersFile = "/etc/dotmac/callers.json";

    /// <summary>Vault's agent renders one file a secret path here, a JSON object of key → value, named by <see cref="References.VaultSecretName"/>.</summary>
    public const string VaultSecretsDirectory = "/vault/secrets";

    /// <summary>The key <c>k</c> of the Kubernetes Secret <c>s</c> is the file <c>s/k</c> below this directory; its bytes are the value.</summary>
    public const string SecretsDirectory = "/var/run/dotmac/secrets";

    /// <summary>The name of the config file inside its directory.</summary>
    public const string ConfigFileName = "plugin.json";

    /// <summary>The name of the callers file inside its directory.</summary>
    public const string CallersFileName = "callers.json";
}
