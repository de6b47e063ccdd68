namespace DotMac.Vault.Sessions;

/// <summary>As whom to log in.</summary>
public sealed record KubernetesLoginOptions
{
    /// <summary>Where Kubernetes mounts a token unless told otherwise.</summary>
    public const string DefaultTokenFile = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    /// <summary>The role of <c>auth/kubernetes</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Where the auth method is mounted below <c>auth/</c>.</summary>
    public string Mount { get; init; } = "kubernetes";

    /// <summary>The Vault namespace of the auth method, when it is not the client's.</summary>
    public string? Namespace { get; init; }

    /// <summary>The service account's token, read anew for each login: Kubernetes replaces a projected one before it ends.</summary>
    public string TokenFile { get; init; } = DefaultTokenFile;

    /// <summary>After a login or renewal that failed, how long the next call for a token waits for before it tries again; doubled up to 30 s.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);
}
