using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using DotMac.Kubernetes.Configuration;

namespace DotMac.Kubernetes.Client;

/// <summary>Makes the connections: TLS towards the cluster's own authority, keep-alive pings, renewal so that rotated credentials are used.</summary>
internal static class ApiHandlerFactory
{
    public static SocketsHttpHandler Create(KubernetesClientConfiguration configuration)
    {
        var handler = new SocketsHttpHandler
        {
            // The server allows 250 streams a connection; watches of several processes' worth of informers fit beside the requests.
            EnableMultipleHttp2Connections = true,
            AutomaticDecompression = DecompressionMethods.GZip,
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),

            // A peer that is gone without a word is noticed within 45 s, also while only watches are open; sooner for those in a hurry,
            // whose next request must find another connection.
            KeepAlivePingDelay = Between(TimeSpan.FromSeconds(1), configuration.RequestTimeout, TimeSpan.FromSeconds(30)),
            KeepAlivePingTimeout = Between(TimeSpan.FromSeconds(1), configuration.RequestTimeout / 2, TimeSpan.FromSeconds(15)),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,

            // Certificates and authorities are looked at when a connection is made: make one now and then.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        };
        if (configuration.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy);
        }

        handler.SslOptions = new SslClientAuthenticationOptions
        {
            LocalCertificateSelectionCallback = (_, _, _, _, _) => configuration.Credentials.GetCertificate()!,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Trusts(configuration, certificate, chain, errors),
        };
        return handler;
    }

    private static TimeSpan Between(TimeSpan least, TimeSpan value, TimeSpan most) => value < least ? least : value > most ? most : value;

    private static bool Trusts(KubernetesClientConfiguration configuration, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (configuration.SkipTlsVerify)
        {
            return true;
        }

        if (configuration.CertificateAuthority is null)
        {
            return errors == SslPolicyErrors.None;
        }

        // A cluster with an authority of its own is trusted by that one alone; only the chain may displease the system, never the name.
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None || certificate is null)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.CustomTrustStore.AddRange(configuration.CertificateAuthority());
        if (chain is not null)
        {
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        }

        return own.Build(certificate as X509Certificate2 ?? X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert)));
    }
}
