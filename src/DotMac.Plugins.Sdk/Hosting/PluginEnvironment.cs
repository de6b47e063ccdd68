using DotMac.Plugins.Contract;

namespace DotMac.Plugins.Sdk.Hosting;

/// <summary>The container's environment variables.</summary>
/// <param name="get">Reads one.</param>
internal sealed class PluginEnvironment(Func<string, string?> get)
{
    /// <summary>The tenant; null when not set, which keeps the plugin from being ready.</summary>
    public string? Tenant => NonEmpty(EnvironmentNames.Tenant);

    /// <summary>The plugin's id as the operator has it.</summary>
    public string? Plugin => NonEmpty(EnvironmentNames.Plugin);

    /// <summary>The plugin's version as the operator has it.</summary>
    public string? PluginVersion => NonEmpty(EnvironmentNames.PluginVersion);

    /// <summary>What a changed config does. Anything but <c>Hot</c> means Restart, the careful one.</summary>
    public ReloadMode Reload =>
        string.Equals(get(EnvironmentNames.Reload), nameof(ReloadMode.Hot), StringComparison.OrdinalIgnoreCase) ? ReloadMode.Hot : ReloadMode.Restart;

    /// <summary>Whether callers without a token are let in while there is no callers file.</summary>
    public bool AllowAnonymousCallers => string.Equals(get(EnvironmentNames.AllowAnonymousCallers), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where vendors reach the webhooks from outside, ending in '/'; null when they do not.</summary>
    public Uri? PublicUrl =>
        Uri.TryCreate(NonEmpty(EnvironmentNames.PublicUrl), UriKind.Absolute, out Uri? url) && url.Scheme is ("https" or "http")
            ? url.AbsolutePath.EndsWith('/') ? url : new Uri(url + "/")
            : null;

    /// <summary>Where config and callers are.</summary>
    public string ConfigDirectory => NonEmpty(EnvironmentNames.ConfigDirectory) ?? Mounts.ConfigDirectory;

    /// <summary>Where Kubernetes Secrets are.</summary>
    public string SecretsDirectory => NonEmpty(EnvironmentNames.SecretsDirectory) ?? Mounts.SecretsDirectory;

    /// <summary>Where Vault's secrets are.</summary>
    public string VaultSecretsDirectory => NonEmpty(EnvironmentNames.VaultSecretsDirectory) ?? Mounts.VaultSecretsDirectory;

    /// <summary>Any variable, for <c>${env:NAME}</c>.</summary>
    public string? Get(string name) => get(name);

    private string? NonEmpty(string name) => get(name) is { Length: > 0 } value ? value : null;
}
