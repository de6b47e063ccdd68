using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using DotMac.Kubernetes.Configuration;

namespace DotMac.Kubernetes.Tests.Fakes;

/// <summary>Tokens t0, t1, …: another one each time one was rejected.</summary>
internal sealed class CountingCredentials : ICredentialSource
{
    private int _token;

    public ValueTask<AuthenticationHeaderValue?> GetTokenAsync(CancellationToken cancellationToken) => new(new AuthenticationHeaderValue("Bearer", $"t{_token}"));

    public X509Certificate2? GetCertificate() => null;

    public bool Invalidate(AuthenticationHeaderValue? rejected)
    {
        _token++;
        return true;
    }
}
