using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DotMac.Kubernetes.Configuration;

/// <summary>A client certificate in files that somebody else renews; looked at again for every new connection.</summary>
internal sealed class CertificateFileCredentials(string certificatePath, string keyPath) : ICredentialSource
{
    private readonly Lock _gate = new();
    private X509Certificate2? _certificate;
    private DateTime _readAt;

    public ValueTask<AuthenticationHeaderValue?> GetTokenAsync(CancellationToken cancellationToken)
    {
        // Looked for here and not only while a connection is made, where what is wrong would be told as "the SSL connection failed".
        if (Volatile.Read(ref _certificate) is null)
        {
            GetCertificate();
        }

        return default;
    }

    public X509Certificate2? GetCertificate()
    {
        lock (_gate)
        {
            var changedAt = File.GetLastWriteTimeUtc(certificatePath);
            if (_certificate is null || changedAt != _readAt)
            {
                try
                {
                    _certificate = X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
                    _readAt = changedAt;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
                {
                    // Certificate and key are two files: between their two renames they do not fit each other.
                    if (_certificate is null)
                    {
                        throw new KubernetesConfigurationException(
                            $"the client certificate {certificatePath} with its key {keyPath} cannot be used: {e.Message}", e);
                    }
                }
            }

            return _certificate;
        }
    }

    public bool Invalidate(AuthenticationHeaderValue? rejected) => false;
}
