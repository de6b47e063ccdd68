using System.Security.Cryptography.X509Certificates;
using DotMac.StandIns.Vault.Kubernetes;

namespace DotMac.StandIns.Vault;

/// <summary>How the stand-in is to be.</summary>
public sealed record VaultStandInOptions
{
    /// <summary>Where to listen: a loopback port of its own unless told otherwise.</summary>
    public string Urls { get; init; } = string.Empty;

    /// <summary>The root token; a random one unless given.</summary>
    public string? RootToken { get; init; }

    /// <summary>The one key that unseals; a random one unless given.</summary>
    public string? UnsealKey { get; init; }

    /// <summary>Where key-value engines are mounted at the start.</summary>
    public IReadOnlyList<string> KeyValueMounts { get; init; } = ["secret"];

    /// <summary>Where the login by service accounts is mounted at the start, below <c>auth/</c>.</summary>
    public IReadOnlyList<string> KubernetesMounts { get; init; } = ["kubernetes"];

    /// <summary>Who says whether a service account's token is good; null: <see cref="KubernetesHost"/>, or whom <c>auth/kubernetes/config</c> names.</summary>
    public TokenReviewer? TokenReviewer { get; init; }

    /// <summary>The API server that reviews tokens; null: whom <c>auth/kubernetes/config</c> names.</summary>
    public Uri? KubernetesHost { get; init; }

    /// <summary>The PEM of the authorities that vouch for the API server.</summary>
    public string? KubernetesCertificateAuthority { get; init; }

    /// <summary>A file with the token by which reviews are asked for, read anew for each; null: each token asks for itself.</summary>
    public string? TokenReviewerFile { get; init; }

    /// <summary>How long tokens live unless their role says otherwise.</summary>
    public TimeSpan DefaultTtl { get; init; } = TimeSpan.FromHours(768);

    /// <summary>How long tokens live at most, unless periodic.</summary>
    public TimeSpan MaximumTtl { get; init; } = TimeSpan.FromHours(768);

    /// <summary>Whether a refusal tells that the token is unknown, as newer versions do, or only that permission is denied.</summary>
    public bool TellsInvalidTokens { get; init; } = true;

    /// <summary>The certificate to serve TLS with, and its key; null for plain HTTP.</summary>
    public X509Certificate2? ServerCertificate { get; init; }

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
