using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DotMac.Operator.Admission.Certificates;

/// <summary>
/// The certificate that the webhook shows, and the authority that the API server trusts it by. Both are the operator's own; whoever has the
/// Secret can speak for the webhook and for nothing else. All PEM.
/// </summary>
/// <param name="Authorities">What the API server is told to trust: the authority, and for a while the one before it.</param>
/// <param name="AuthorityKey">The key of the newest authority.</param>
/// <param name="Certificate">What the webhook shows.</param>
/// <param name="Key">Its key.</param>
internal sealed record WebhookCertificate(string Authorities, string AuthorityKey, string Certificate, string Key)
{
    /// <summary>How long an authority holds.</summary>
    public static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(5 * 365);

    /// <summary>How long a certificate holds.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(90);

    // Clocks differ: what is made now must hold for one that is behind.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>What is to be used from now on: the same while it is good, or a new one in good time.</summary>
    /// <param name="present">What there is; null for nothing.</param>
    /// <param name="names">The names that the API server calls by.</param>
    /// <param name="now">The time.</param>
    public static WebhookCertificate Next(WebhookCertificate? present, IReadOnlyList<string> names, DateTimeOffset now)
    {
        if (present?.TryRead() is not { } read)
        {
            return New(null, names, now);
        }

        using (read.Authority)
        using (read.Certificate)
        {
            return IsDue(read.Authority, now) ? New(present, names, now)
                : IsDue(read.Certificate, now) || !names.All(name => read.Certificate.MatchesHostname(name)) ? present.WithCertificate(read.Authority, names, now)
                : present;
        }
    }

    /// <summary>What is shown, with its key, for the server.</summary>
    public SslStreamCertificateContext ForServer() => Context(Certificate, Key);

    /// <summary>A certificate, with those that lead from it to its authority, for the server.</summary>
    /// <param name="certificates">The certificate and what follows it, PEM.</param>
    /// <param name="key">Its key, PEM.</param>
    /// <exception cref="CryptographicException">They are no PEM, or do not fit together.</exception>
    public static SslStreamCertificateContext Context(string certificates, string key)
    {
        using var certificate = X509Certificate2.CreateFromPem(certificates, key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificates);

        // Servers on some platforms take a key only from a store of its own form. Offline: no certificate is fetched from anywhere.
        return SslStreamCertificateContext.Create(
            X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null), [.. chain.Skip(1)], offline: true);
    }

    private static bool IsDue(X509Certificate2 certificate, DateTimeOffset now)
    {
        var (from, until) = (new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
        return now >= from + ((until - from) * (2.0 / 3));
    }

    private static WebhookCertificate New(WebhookCertificate? before, IReadOnlyList<string> names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=dotmac-operator-webhook-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var authority = request.CreateSelfSigned(now - Skew, now + AuthorityLife);

        // The one before stays trusted: replicas show its certificates until they have read the new ones.
        var newest = authority.ExportCertificatePem();
        var authorities = before is null ? newest : $"{newest}\n{FirstOf(before.Authorities)}";
        return new WebhookCertificate(authorities, key.ExportPkcs8PrivateKeyPem(), string.Empty, string.Empty).WithCertificate(authority, names, now);
    }

    private WebhookCertificate WithCertificate(X509Certificate2 authority, IReadOnlyList<string> names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0][..Math.Min(names[0].Length, 64)]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        using var authorityKey = ECDsa.Create();
        authorityKey.ImportFromPem(AuthorityKey);
        var until = now + Life < authority.NotAfter ? now + Life : new DateTimeOffset(authority.NotAfter);
        using var certificate = request.Create(
            authority.SubjectName, X509SignatureGenerator.CreateForECDsa(authorityKey), now - Skew, until, RandomNumberGenerator.GetBytes(16));
        return this with { Certificate = certificate.ExportCertificatePem(), Key = key.ExportPkcs8PrivateKeyPem() };
    }

    // Somebody may have written anything into the Secret: what does not fit together is made anew.
    private (X509Certificate2 Authority, X509Certificate2 Certificate)? TryRead()
    {
        try
        {
            var authority = X509Certificate2.CreateFromPem(FirstOf(Authorities), AuthorityKey);
            var certificate = X509Certificate2.CreateFromPem(Certificate, Key);
            using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid } };
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            if (chain.Build(certificate))
            {
                return (authority, certificate);
            }

            authority.Dispose();
            certificate.Dispose();
            return null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static string FirstOf(string bundle)
    {
        const string End = "-----END CERTIFICATE-----";
        var end = bundle.IndexOf(End, StringComparison.Ordinal);
        return end < 0 ? bundle : bundle[..(end + End.Length)];
    }
}
