using DotMac.Kubernetes.Entities;

namespace DotMac.Plugins.Resources;

/// <summary>How a plugin gets its secrets from Vault. What is empty is the operator's default.</summary>
public sealed class VaultSpec
{
    /// <summary>A role of Vault's Kubernetes auth method that exists already. Default: the operator makes one for the plugin.</summary>
    [SchemaPattern(@"^[A-Za-z0-9._-]*$")]
    [SchemaLength(Max = 128)]
    public string? Role { get; set; }

    /// <summary>Where Vault's Kubernetes auth method is mounted, auth/kubernetes for example. Default: the operator's setting.</summary>
    [SchemaPattern(@"^([A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*)?$")]
    [SchemaLength(Max = 128)]
    [SchemaRule("!self.matches('(^|/)[.][.]?(/|$)')", "authPath must be a mount path such as auth/kubernetes, without '..'")]
    public string? AuthPath { get; set; }

    /// <summary>Who renders the secrets into the pod. Default: the operator's setting.</summary>
    public VaultInjection? Injection { get; set; }
}
