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

    /// <summary>The Vault namespace (Vault Enterprise, OpenBao); null for none.</summary>
    public string? Namespace { get; init; }

    /// <summary>A file with the authorities that vouch for Vault, for the operator itself; null for the system's.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>A Secret in each tenant's namespace whose <c>ca.crt</c> vouches for Vault, for the agents; null for the system's.</summary>
    public string? TlsSecret { get; init; }

    /// <summary>The role with which the operator logs in.</summary>
    public string Role { get; init; } = "dotmac-operator";

    /// <summary>The projected token with which the operator logs in, of <see cref="Audience"/>.</summary>
    public string TokenFile { get; init; } = "/var/run/secrets/vault/token";

    /// <summary>Whether injected agents keep a cache of tokens and leases; secrets of the key-value engine have none.</summary>
    public bool AgentCache { get; init; }

    /// <summary>The image of the agents that the operator adds itself.</summary>
    public string AgentImage { get; init; } = "hashicorp/vault:1.21";

    /// <summary>How long the token of a plugin's agent lives unless renewed.</summary>
    public TimeSpan TokenTtl { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long it lives however often it is renewed.</summary>
    public TimeSpan TokenMaxTtl { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often agents look for changed secrets.</summary>
    public TimeSpan RenderInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often secrets that were found are looked for again.</summary>
    public TimeSpan RecheckInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often secrets are looked at that are missing, or whose change rolls the pods.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The least time between two rolls of a plugin's pods for changed secrets.</summary>
    public TimeSpan RotationInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often policies and roles of plugins that are gone are looked for.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What the agents reserve and may use: the injector reserves 250m and 64Mi, more than a small plugin itself.</summary>
    public V1ResourceRequirements AgentResources { get; init; } = new()
    {
        Requests = Amounts("10m", "32Mi", "16Mi"),
        Limits = Amounts("250m", "128Mi", "128Mi"),
    };

    private static Dictionary<string, ResourceQuantity> Amounts(string cpu, string memory, string disk) => new(StringComparer.Ordinal)
    {
        ["cpu"] = ResourceQuantity.Parse(cpu),
        ["memory"] = ResourceQuantity.Parse(memory),
        ["ephemeral-storage"] = ResourceQuantity.Parse(disk),
    };
}
