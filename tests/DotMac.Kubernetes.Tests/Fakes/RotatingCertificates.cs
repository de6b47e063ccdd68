using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DotMac.Kubernetes.Configuration;

namespace DotMac.Kubernetes.Tests.Fakes;

/// <summary>A client certificate that is replaced by another one when the test says so.</summary>
internal sealed class RotatingCertificates : ICredentialSource, IDisposable
{
    private X509Certificate2 _certificate = New();

    public void Rotate()
    {
        _certificate.Dispose();
        _certificate = New();
    }

    public ValueTask<AuthenticationHeaderValue?> GetTokenAsync(CancellationToken cancellationToken) => default;

    public X509Certificate2? GetCertificate() => _certificate;

    public bool Invalidate(AuthenticationHeaderValue? rejected) => false;

    public void Dispose() => _certificate.Dispose();

    private static X509Certificate2 New()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        return new CertificateRequest("CN=rotating", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
