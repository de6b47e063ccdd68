using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using DotMac.Vault.Client;

namespace DotMac.Vault.Transport;

/// <summary>Makes the connections: TLS towards Vault's own authority, renewal so that rotated certificates are used.</summary>
internal static class VaultHandlerFactory
{
    public static SocketsHttpHandler Create(VaultClientOptions options)
    {
        var authorities = options.CertificateAuthorityFile is { } authorityFile ? new CertificateFile(authorityFile, keyPath: null) : null;
        var client = options.ClientCertificateFile is { } certificateFile ? new CertificateFile(certificateFile, options.ClientKeyFile) : null;
        var handler = new SocketsHttpHandler
        {
            // Redirects are followed by hand: the platform's way drops the token's header or carries it to places it must not go.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.RequestTimeout,

            // Certificates are looked at when a connection is made, and so is the name of the active node: make one now and then.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        };
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Trusts(authorities, certificate, chain, errors),
        };
        if (client is not null)
        {
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => client.Read()[0];
        }

        return handler;
    }

    private static bool Trusts(CertificateFile? authorities, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (authorities is null)
        {
            return errors == SslPolicyErrors.None;
        }

        // Only the chain may displease the system, never the name.
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None || certificate is null)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities.Read());
        if (chain is not null)
        {
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        }

        return own.Build(certificate as X509Certificate2 ?? X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert)));
    }
}
