using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using DotMac.Kubernetes.Configuration;

namespace DotMac.Testing.Cluster;

/// <summary>A client certificate and nothing else.</summary>
internal sealed class CertificateCredentials(X509Certificate2 certificate) : ICredentialSource
{
    public ValueTask<AuthenticationHeaderValue?> GetTokenAsync(CancellationToken cancellationToken) => default;

    public X509Certificate2? GetCertificate() => certificate;

    public bool Invalidate(AuthenticationHeaderValue? rejected) => false;
}
