using System.Text.Json;
using DotMac.Kubernetes.Serialization;
using DotMac.Operator.Desired;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Revisions;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Operator.Rollouts;

/// <summary>One state of what a plugin's pods are made from: a version, as the catalog describes it, and a config. Pure.</summary>
/// <param name="Name">Its name: the plugin's and a hash, the same for the same content.</param>
/// <param name="Spec">The members of the spec that make it, with the version that was resolved.</param>
internal sealed record PluginRevision(string Name, TenantPluginSpec Spec)
{
    /// <summary>The revision that a spec and a version of the catalog make.</summary>
    /// <param name="plugin">The TenantPlugin's name.</param>
    /// <param name="spec">Its spec.</param>
    /// <param name="version">The version that it comes to.</param>
    public static PluginRevision Of(string plugin, TenantPluginSpec spec, PluginVersionSpec version)
    {
        var content = RevisionFields.Of(spec);
        content.Version = version.Version;

        // What the catalog says of a version besides, its description for one, may be corrected without rolling anything out.
        var made = new PluginVersionSpec { Image = version.Image, Resources = version.Resources, Egress = version.Egress };
        var hash = Hashing.Of([.. Json(content), .. Json(made)]);
        return new PluginRevision($"{plugin}-{hash[..10]}", content);
    }

    /// <summary>A plugin as it would be with this revision, its version pinned.</summary>
    public TenantPlugin Of(TenantPlugin current)
    {
        var spec = RevisionFields.Onto(Spec, current.Spec);
        spec.UpgradePolicy = UpgradePolicy.Manual;
        return new TenantPlugin { Metadata = current.Metadata, Spec = spec, Status = current.Status };
    }

    // The order of members in a manifest makes no other revision.
    private static byte[] Json<T>(T value) => CanonicalJson.Of(JsonSerializer.SerializeToElement(value, ResourceJson.Options.TypeInfo<T>()));
}
