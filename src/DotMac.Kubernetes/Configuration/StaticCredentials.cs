using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace DotMac.Kubernetes.Configuration;

/// <summary>A token, a certificate or neither, given once.</summary>
internal sealed class StaticCredentials(AuthenticationHeaderValue? token, X509Certificate2? certificate) : ICredentialSource
{
    public ValueTask<AuthenticationHeaderValue?> GetTokenAsync(CancellationToken cancellationToken) => new(token);

    public X509Certificate2? GetCertificate() => certificate;

    public bool Invalidate(AuthenticationHeaderValue? rejected) => false;
}
