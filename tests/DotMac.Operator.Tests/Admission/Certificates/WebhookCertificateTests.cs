using System.Security.Cryptography.X509Certificates;
using DotMac.Operator.Admission.Certificates;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Admission.Certificates;

public sealed class WebhookCertificateTests
{
    private static readonly string[] Names = ["dotmac-operator-webhook.dotmac-system.svc", "dotmac-operator-webhook.dotmac-system.svc.cluster.local"];

    [Fact]
    public void The_first_one_is_trusted_by_what_the_API_server_is_told()
    {
        var made = WebhookCertificate.Next(null, Names, Given.Now);
        using var shown = made.ForServer().TargetCertificate;
        shown.HasPrivateKey.Should().BeTrue();
        Names.Should().OnlyContain(name => shown.MatchesHostname(name, true, true));
        IsTrusted(shown, made.Authorities, Given.Now.AddDays(1)).Should().BeTrue();
    }

    [Fact]
    public void What_is_good_stays()
    {
        var made = WebhookCertificate.Next(null, Names, Given.Now);
        WebhookCertificate.Next(made, Names, Given.Now.AddDays(59)).Should().BeSameAs(made);
    }

    [Fact]
    public void After_two_thirds_of_its_life_another_one_is_made_under_the_same_authority()
    {
        var made = WebhookCertificate.Next(null, Names, Given.Now);
        var later = WebhookCertificate.Next(made, Names, Given.Now.AddDays(61));
        later.Authorities.Should().Be(made.Authorities, "the API server need not be told");
        later.Certificate.Should().NotBe(made.Certificate);
        using var shown = later.ForServer().TargetCertificate;
        IsTrusted(shown, made.Authorities, Given.Now.AddDays(120)).Should().BeTrue();
    }

    [Fact]
    public void An_authority_in_its_last_third_gets_a_successor_beside_it()
    {
        var made = WebhookCertificate.Next(null, Names, Given.Now);
        var later = WebhookCertificate.Next(made, Names, Given.Now + (WebhookCertificate.AuthorityLife * 0.7));
        var moment = Given.Now + (WebhookCertificate.AuthorityLife * 0.7) + TimeSpan.FromHours(1);
        using var shown = later.ForServer().TargetCertificate;
        IsTrusted(shown, later.Authorities, moment).Should().BeTrue();
        later.Authorities.Should().Contain(made.Authorities.Trim(), "replicas that show the old certificate must go on being trusted");
        IsTrusted(shown, made.Authorities, moment).Should().BeFalse();
    }

    [Fact]
    public void Other_names_make_another_certificate()
    {
        var made = WebhookCertificate.Next(null, Names, Given.Now);
        var moved = WebhookCertificate.Next(made, ["webhook.elsewhere.svc"], Given.Now);
        using var shown = moved.ForServer().TargetCertificate;
        shown.MatchesHostname("webhook.elsewhere.svc", true, true).Should().BeTrue();
    }

    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("rubbish", "rubbish", "rubbish", "rubbish")]
    public void What_somebody_wrote_in_its_place_is_made_anew(string authorities, string authorityKey, string certificate, string key)
    {
        var made = WebhookCertificate.Next(new WebhookCertificate(authorities, authorityKey, certificate, key), Names, Given.Now);
        using var shown = made.ForServer().TargetCertificate;
        IsTrusted(shown, made.Authorities, Given.Now).Should().BeTrue();
    }

    [Fact]
    public void A_certificate_of_another_authority_is_made_anew()
    {
        var (one, other) = (WebhookCertificate.Next(null, Names, Given.Now), WebhookCertificate.Next(null, Names, Given.Now));
        var mixed = one with { Certificate = other.Certificate, Key = other.Key };
        WebhookCertificate.Next(mixed, Names, Given.Now).Should().NotBe(mixed);
    }

    private static bool IsTrusted(X509Certificate2 certificate, string authorities, DateTimeOffset at)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, VerificationTime = at.UtcDateTime } };
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(authorities);
        return chain.Build(certificate);
    }
}
