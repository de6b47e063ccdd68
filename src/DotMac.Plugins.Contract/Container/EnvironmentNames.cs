namespace DotMac.Plugins.Contract;

/// <summary>The environment variables of a plugin container.</summary>
public static class EnvironmentNames
{
    /// <summary>The tenant's id, as in the namespace's label.</summary>
    public const string Tenant = "DOTMAC_TENANT";

    /// <summary>The plugin's id: <c>spec.plugin</c>, the name of the PluginDefinition.</summary>
    public const string Plugin = "DOTMAC_PLUGIN";

    /// <summary>The version of the plugin as the definition has it.</summary>
    public const string PluginVersion = "DOTMAC_PLUGIN_VERSION";

    /// <summary>The pod's name (downward API).</summary>
    public const string PodName = "DOTMAC_POD_NAME";

    /// <summary>What a changed config does: a <see cref="ReloadMode"/> by name. Absent means <see cref="ReloadMode.Restart"/>.</summary>
    public const string Reload = "DOTMAC_RELOAD";

    /// <summary>Where vendors reach the plugin's webhooks from outside, such as <c>https://hooks.acme.example/v1/webhooks/</c>; absent unless <c>spec.ingress</c> is set.</summary>
    public const string PublicUrl = "DOTMAC_PUBLIC_URL";

    /// <summary>Local runs and tests: a directory in place of <see cref="Mounts.ConfigDirectory"/>.</summary>
    public const string ConfigDirectory = "DOTMAC_CONFIG_DIRECTORY";

    /// <summary>Local runs and tests: a directory in place of <see cref="Mounts.SecretsDirectory"/>.</summary>
    public const string SecretsDirectory = "DOTMAC_SECRETS_DIRECTORY";

    /// <summary>Local runs and tests: a directory in place of <see cref="Mounts.VaultSecretsDirectory"/>.</summary>
    public const string VaultSecretsDirectory = "DOTMAC_VAULT_SECRETS_DIRECTORY";

    /// <summary>Local runs only: <c>true</c> lets callers in without a token while there is no callers file. The operator never sets it.</summary>
    public const string AllowAnonymousCallers = "DOTMAC_ALLOW_ANONYMOUS_CALLERS";
}
