using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DotMac.Vault.Client;

namespace DotMac.Vault.Transport;

/// <summary>Certificates in a file that may be rotated while the process runs.</summary>
/// <param name="path">A PEM file.</param>
/// <param name="keyPath">The PEM file of the certificate's key; null when the file holds authorities.</param>
internal sealed class CertificateFile(string path, string? keyPath)
{
    private readonly Lock _gate = new();
    private X509Certificate2Collection? _certificates;
    private DateTime _readAt;

    /// <summary>The certificates as they are now.</summary>
    /// <exception cref="VaultException">They cannot be read, and never could.</exception>
    public X509Certificate2Collection Read()
    {
        lock (_gate)
        {
            try
            {
                var changedAt = File.GetLastWriteTimeUtc(path);
                if (_certificates is null || changedAt != _readAt)
                {
                    _certificates = Load();
                    _readAt = changedAt;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
            {
                // Certificate and key are two files: between their two renames they do not fit each other. Those read before still do.
                if (_certificates is null)
                {
                    throw new VaultException(VaultErrorKind.NoCredentials, $"the certificate file {path} cannot be used: {e.Message}", e);
                }
            }

            return _certificates;
        }
    }

    private X509Certificate2Collection Load()
    {
        if (keyPath is not null)
        {
            return [X509Certificate2.CreateFromPemFile(path, keyPath)];
        }

        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(path);
        return certificates.Count > 0 ? certificates : throw new CryptographicException("no certificate in it");
    }
}
