using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DotMac.Testing.Cluster;

/// <summary>A certificate authority for one control plane.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _authority;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=dotmac-test-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(From, To.AddDays(1));
    }

    public string CertificatePem => _authority.ExportCertificatePem();

    private static DateTimeOffset From { get; } = DateTimeOffset.UtcNow.AddDays(-1);

    private static DateTimeOffset To { get; } = DateTimeOffset.UtcNow.AddDays(30);

    /// <summary>A collection of this authority alone.</summary>
    public X509Certificate2Collection Trust() => [X509CertificateLoader.LoadCertificate(_authority.RawData)];

    /// <summary>A certificate for a server of these names, and its key.</summary>
    public (string Certificate, string Key) Server(params string[] names)
    {
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

        return Issue(new X500DistinguishedName("CN=kube-apiserver"), "1.3.6.1.5.5.7.3.1", alternatives.Build());
    }

    /// <summary>A certificate by which Kubernetes knows a user and its groups, and its key.</summary>
    public (string Certificate, string Key) Client(string user, params string[] groups)
    {
        var name = new X500DistinguishedNameBuilder();
        foreach (var group in groups)
        {
            name.AddOrganizationName(group);
        }

        name.AddCommonName(user);
        return Issue(name.Build(), "1.3.6.1.5.5.7.3.2", null);
    }

    public void Dispose() => _authority.Dispose();

    private (string Certificate, string Key) Issue(X500DistinguishedName subject, string usage, X509Extension? alternatives)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (alternatives is not null)
        {
            request.CertificateExtensions.Add(alternatives);
        }

        using var certificate = request.Create(_authority, From, To, RandomNumberGenerator.GetBytes(12));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
