using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DotMac.Kubernetes.Configuration;

/// <summary>Authorities in a file that may be rotated while the process runs.</summary>
internal sealed class CertificateAuthorityFile(string path)
{
    private readonly Lock _gate = new();
    private X509Certificate2Collection? _certificates;
    private DateTime _readAt;

    public X509Certificate2Collection Read()
    {
        lock (_gate)
        {
            var changedAt = File.GetLastWriteTimeUtc(path);
            if (_certificates is null || changedAt != _readAt)
            {
                try
                {
                    var fresh = new X509Certificate2Collection();
                    fresh.ImportFromPemFile(path);
                    (_certificates, _readAt) = (fresh, changedAt);
                }
                catch (Exception e) when (e is IOException or CryptographicException)
                {
                    if (_certificates is null)
                    {
                        throw new KubernetesConfigurationException($"the certificate authority {path} cannot be read: {e.Message}", e);
                    }
                }
            }

            return _certificates;
        }
    }
}
