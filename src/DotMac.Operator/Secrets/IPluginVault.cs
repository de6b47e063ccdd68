namespace DotMac.Operator.Secrets;

/// <summary>Vault, as far as a plugin's access to its secrets is concerned.</summary>
internal interface IPluginVault
{
    /// <summary>Makes policy and role so, and looks whether the secrets are there. Trouble with Vault is an outcome, not an exception.</summary>
    Task<SecretsOutcome> EnsureAsync(PluginAccess access, bool watchVersions, CancellationToken cancellationToken);

    /// <summary>Takes policy and role away; nothing happens when they are not there, or another's.</summary>
    /// <returns>Null when they are gone; else what was in the way, for people.</returns>
    Task<string?> RemoveAsync(string ns, string plugin, string tenant, CancellationToken cancellationToken);

    /// <summary>Forgets what is remembered of a plugin.</summary>
    void Forget(string ns, string plugin);
}
