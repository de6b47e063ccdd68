namespace DotMac.Admin.Configuration;

/// <summary>How the service runs. Set by command line.</summary>
internal sealed record AdminOptions
{
    /// <summary>A kubeconfig; null for the usual places.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>A context of it; null for its current one.</summary>
    public string? Context { get; init; }

    /// <summary>Where it listens: <c>:8000</c> or <c>127.0.0.1:8000</c>.</summary>
    public string BindAddress { get; init; } = ":8000";

    /// <summary>A directory with <c>tls.crt</c> and <c>tls.key</c>; null for HTTP without TLS.</summary>
    public string? CertificateDirectory { get; init; }

    /// <summary>Where it is found below its host, such as <c>/dotmac</c>; empty for the root.</summary>
    public string PathBase { get; init; } = string.Empty;

    /// <summary>How long it is remembered whose a token is, and that it is nobody's.</summary>
    public TimeSpan TokenCache { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it is remembered what somebody may do.</summary>
    public TimeSpan AccessCache { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many requests a caller may make in a second, in the long run; ten times as many at once.</summary>
    public int RequestsPerSecond { get; init; } = 50;

    /// <summary>The operator's audit files, where they can be read from here.</summary>
    public IReadOnlyList<string> AuditFiles { get; init; } = [];

    /// <summary>A file with the key, one a line, that sessions of the web UI are encrypted with; null for one that lives as long as the process.</summary>
    public string? SessionKeyFile { get; init; }

    /// <summary>Where a proxy in front signs people out, such as <c>/oauth2/sign_out</c>; null when there is none.</summary>
    public string? SignOutUrl { get; init; }

    /// <summary>Vault, for secrets that come in with requests.</summary>
    public AdminVaultOptions Vault { get; init; } = new();
}
