using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Configuration;

/// <summary>Where Vault is and how plugins get at it.</summary>
internal sealed record VaultOptions
{
    /// <summary>Vault's address; null when there is none, or when only the injector knows it.</summary>
    public Uri? Address { get; init; }

    /// <summary>The mount of the KV version 2 engine.</summary>
    public string Mount { get; init; } = "secret";

    /// <summary>The path below the mount that belongs to a tenant; <c>{tenant}</c> stands for its id.</summary>
    public string PathPrefix { get; init; } = "tenants/{tenant}";

    /// <summary>The mount of the Kubernetes auth method.</summary>
    public string AuthPath { get; init; } = "auth/kubernetes";

    /// <summary>The audience of the token that plugins log in with.</summary>
    public string Audience { get; init; } = "vault";

    /// <summary>Who renders secrets unless a TenantPlugin says otherwise.</summary>
    public VaultInjection Injection { get; init; } = VaultInjection.Injector;

    /// <summary>What the agents reserve and may use: the injector's own defaults are four times a small plugin's.</summary>
    public V1ResourceRequirements AgentResources { get; init; } = new()
    {
        Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = ResourceQuantity.Parse("10m"), ["memory"] = ResourceQuantity.Parse("32Mi") },
        Limits = new Dictionary<string, ResourceQuantity> { ["cpu"] = ResourceQuantity.Parse("100m"), ["memory"] = ResourceQuantity.Parse("64Mi") },
    };
}
