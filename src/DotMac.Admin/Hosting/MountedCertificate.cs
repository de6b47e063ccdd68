using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace DotMac.Admin.Hosting;

/// <summary>The service's certificate from files that somebody else keeps, cert-manager for example, looked at again once a minute.</summary>
internal sealed class MountedCertificate(string directory)
{
    private static readonly long LookAgain = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;

    private readonly Lock _gate = new();
    private SslStreamCertificateContext? _current;
    private long _readAt;

    /// <summary>What Kestrel shows at each connection.</summary>
    /// <param name="directory">Where <c>tls.crt</c> and <c>tls.key</c> are.</param>
    /// <exception cref="InvalidOperationException">They cannot be read.</exception>
    public static TlsHandshakeCallbackOptions Watch(string directory)
    {
        var certificate = new MountedCertificate(directory);
        if (certificate.Current() is null)
        {
            throw new InvalidOperationException($"--tls-certificate-directory: tls.crt and tls.key in {directory} cannot be read, or are no certificate with its key in PEM");
        }

        return new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Current() ?? throw new AuthenticationException("there is no certificate"),
                ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            }),
        };
    }

    // What cannot be read changes nothing: a certificate may be written before its key.
    private SslStreamCertificateContext? Current()
    {
        lock (_gate)
        {
            if (_current is not null && Environment.TickCount64 - _readAt < LookAgain)
            {
                return _current;
            }

            try
            {
                var chain = new X509Certificate2Collection();
                chain.ImportFromPemFile(Path.Combine(directory, "tls.crt"));
                using var pem = X509Certificate2.CreateFromPemFile(Path.Combine(directory, "tls.crt"), Path.Combine(directory, "tls.key"));
                _current = SslStreamCertificateContext.Create(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null), chain, offline: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
            {
                // The one that was read last goes on.
            }

            _readAt = Environment.TickCount64;
            return _current;
        }
    }
}
