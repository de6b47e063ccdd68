using System.Security.Cryptography.X509Certificates;

namespace DotMac.Kubernetes.Configuration;

/// <summary>Where the API server is, how to know it, and who we are.</summary>
public sealed record KubernetesClientConfiguration
{
    private const string ServiceAccountDirectory = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The address of the API server.</summary>
    public required Uri Host { get; init; }

    /// <summary>Who we are.</summary>
    public ICredentialSource Credentials { get; init; } = new StaticCredentials(null, null);

    /// <summary>
    /// Whom the server's certificate must come from; null for the system's authorities. Asked for every new connection, so that a
    /// rotated authority is found.
    /// </summary>
    public Func<X509Certificate2Collection>? CertificateAuthority { get; init; }

    /// <summary>The name that the server's certificate must carry, when it is not that of the address.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Trusts any server. For experiments.</summary>
    public bool SkipTlsVerify { get; init; }

    /// <summary>A proxy on the way; null for that of the environment.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The namespace meant when none is named.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Told to the server, for its logs.</summary>
    public string UserAgent { get; init; } = "dotmac-operator";

    /// <summary>How long the server may take to begin an answer, and to go on with one.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Called before a request that changes something is sent, and before it is sent again; throws what forbids it.</summary>
    public Action? BeforeWrite { get; init; }

    /// <summary>
    /// The kubeconfig named by <paramref name="kubeconfig"/>, <c>KUBECONFIG</c> or found at <c>~/.kube/config</c>, in this order;
    /// without any of them, what a pod is given.
    /// </summary>
    /// <param name="kubeconfig">A file, or null.</param>
    /// <param name="context">A context of it, or null for its current one.</param>
    /// <exception cref="KubernetesConfigurationException">There is none, or it is not usable.</exception>
    public static KubernetesClientConfiguration BuildDefaultConfig(string? kubeconfig = null, string? context = null)
    {
        var variable = Environment.GetEnvironmentVariable("KUBECONFIG");
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");
        string[] files =
            !string.IsNullOrEmpty(kubeconfig) ? [kubeconfig]
            : !string.IsNullOrEmpty(variable) ? variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : !IsInCluster && File.Exists(home) ? [home]
            : [];
        if (files.Length > 0)
        {
            return Kubeconfig.Load(files).Build(context);
        }

        return IsInCluster
            ? InClusterConfig()
            : throw new KubernetesConfigurationException(
                $"no cluster is configured: set KUBECONFIG, pass --kubeconfig, put a file at {home}, or run inside a pod");
    }

    /// <summary>Whether this process runs in a pod that was given access to the API server.</summary>
    public static bool IsInCluster =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"))
        && File.Exists(Path.Combine(ServiceAccountDirectory, "token"));

    /// <summary>What a pod is given: the service's address, the service account's token, the cluster's authority.</summary>
    /// <exception cref="KubernetesConfigurationException">This is no pod, or it was given no token.</exception>
    public static KubernetesClientConfiguration InClusterConfig()
    {
        var host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");
        var port = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT_HTTPS")
            ?? Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT")
            ?? "443";
        if (string.IsNullOrEmpty(host) || !IsInCluster)
        {
            throw new KubernetesConfigurationException(
                "this is not a pod with access to the API server: KUBERNETES_SERVICE_HOST is not set or no token is mounted");
        }

        var ns = Path.Combine(ServiceAccountDirectory, "namespace");
        var authority = new CertificateAuthorityFile(Path.Combine(ServiceAccountDirectory, "ca.crt"));
        return new KubernetesClientConfiguration
        {
            Host = new Uri($"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}"),
            Credentials = new TokenFileCredentials(Path.Combine(ServiceAccountDirectory, "token"), TimeProvider.System),
            CertificateAuthority = authority.Read,
            Namespace = File.Exists(ns) ? File.ReadAllText(ns).Trim() : "default",
        };
    }
}
