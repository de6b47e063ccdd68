namespace DotMac.Admin.Configuration;

/// <summary>Where secrets that come in with requests are kept.</summary>
internal sealed record AdminVaultOptions
{
    /// <summary>Vault's address; null when there is none: secrets are then refused.</summary>
    public Uri? Address { get; init; }

    /// <summary>The mount of the KV version 2 engine. The operator's.</summary>
    public string Mount { get; init; } = "secret";

    /// <summary>The path below the mount that belongs to a tenant; <c>{tenant}</c> stands for its id. The operator's.</summary>
    public string PathPrefix { get; init; } = "tenants/{tenant}";

    /// <summary>The mount of the Kubernetes auth method.</summary>
    public string AuthPath { get; init; } = "auth/kubernetes";

    /// <summary>The Vault namespace (Vault Enterprise, OpenBao); null for none.</summary>
    public string? Namespace { get; init; }

    /// <summary>A PEM file with the authorities that vouch for Vault; null for the system's.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>The role with which the service logs in; it may create and update, and never read.</summary>
    public string Role { get; init; } = "dotmac-admin";

    /// <summary>The projected token with which it does.</summary>
    public string TokenFile { get; init; } = "/var/run/secrets/vault/token";
}
