using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace DotMac.Kubernetes.Configuration;

/// <summary>Where the client's proof of identity comes from. It may change while the process runs.</summary>
public interface ICredentialSource
{
    /// <summary>The header that goes with the next request; null when there is none.</summary>
    ValueTask<AuthenticationHeaderValue?> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>The certificate for the next connection; null when there is none.</summary>
    X509Certificate2? GetCertificate();

    /// <summary>Told that the server did not accept <paramref name="rejected"/>; true when a fresh one may be asked for.</summary>
    bool Invalidate(AuthenticationHeaderValue? rejected);
}
