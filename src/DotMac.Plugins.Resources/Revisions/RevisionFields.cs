namespace DotMac.Plugins.Resources.Revisions;

/// <summary>
/// The members of a TenantPlugin's spec that make a revision: what its pods are made from. The others, such as enabled, replicas and callers,
/// say how a revision is run, and stay what they are when another revision is put back.
/// </summary>
public static class RevisionFields
{
    /// <summary>Their names in JSON.</summary>
    public static IReadOnlyList<string> All { get; } = ["version", "config", "reload", "resources", "sandbox", "vault", "rotation"];

    /// <summary>A spec of those members alone.</summary>
    public static TenantPluginSpec Of(TenantPluginSpec spec) => Put(spec, new TenantPluginSpec());

    /// <summary>A spec with those members of one, and all others of the other.</summary>
    /// <param name="revision">The members.</param>
    /// <param name="current">The others.</param>
    public static TenantPluginSpec Onto(TenantPluginSpec revision, TenantPluginSpec current)
    {
        ArgumentNullException.ThrowIfNull(current);
        return Put(revision, new TenantPluginSpec
        {
            Plugin = current.Plugin,
            Enabled = current.Enabled,
            Replicas = current.Replicas,
            Autoscaling = current.Autoscaling,
            UpgradePolicy = current.UpgradePolicy,
            ProgressDeadlineSeconds = current.ProgressDeadlineSeconds,
            Callers = current.Callers,
            CallerAuthentication = current.CallerAuthentication,
            Ingress = current.Ingress,
        });
    }

    private static TenantPluginSpec Put(TenantPluginSpec from, TenantPluginSpec to)
    {
        ArgumentNullException.ThrowIfNull(from);
        to.Version = from.Version;
        to.Config = from.Config;
        to.Reload = from.Reload;
        to.Resources = from.Resources;
        to.Sandbox = from.Sandbox;
        to.Vault = from.Vault;
        to.Rotation = from.Rotation;
        return to;
    }
}
