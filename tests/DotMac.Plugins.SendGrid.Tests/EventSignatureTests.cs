using System.Security.Cryptography;
using System.Text;
using DotMac.Plugins.Sdk.Webhooks;
using DotMac.Plugins.SendGrid.Webhooks;

namespace DotMac.Plugins.SendGrid.Tests;

/// <summary>Against the signature that SendGrid's own libraries are tested with: it was made by SendGrid, not by this code.</summary>
public sealed class EventSignatureTests
{
    private const string Key = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";
    private const string Signature = "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=";
    private const long Time = 1600112502;
    private const string Body =
        """[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]"""
        + "\r\n";

    [Theory]
    [InlineData(0, true)]
    [InlineData(599, true)]
    [InlineData(601, false)]
    [InlineData(-599, true)]
    [InlineData(-601, false)]
    public void SendGridsOwnSignatureIsTakenForTenMinutes(int secondsLater, bool expected) => Verify(Key, secondsLater: secondsLater).Should().Be(expected);

    [Fact]
    public void TheEventInItIsRead()
    {
        PluginEvent happened = EventWebhook.Read(Encoding.UTF8.GetBytes(Body)).Should().ContainSingle().Subject;

        happened.Id.Should().Be("ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA");
        happened.Type.Should().Be("io.dotmac.sendgrid.dropped");
        happened.Subject.Should().Be("LRzXl_NHStOGhQ4kofSm_A");
        happened.Time.Should().Be(DateTimeOffset.FromUnixTimeSeconds(1600112492));
    }

    [Theory]
    [InlineData("LRzXl_NHStOGhQ4kofSm_A.recvd-5b75f6b6b9-9n2vq-1-65F1A2B3-1.0", "LRzXl_NHStOGhQ4kofSm_A")]
    [InlineData("14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0", "14c5d75ce93.dfd.64b469")]
    [InlineData("sg-1", "sg-1")]
    [InlineData(".filter", ".filter")]
    public void AnEventsLongIdIsCutToTheMails(string id, string expected) => EventWebhook.MessageId(id).Should().Be(expected);

    [Fact]
    public void OneByteMoreOrLessIsRefused()
    {
        Verify(Key, body: Body.TrimEnd()).Should().BeFalse("the line break is signed as well");
        Verify(Key, body: Body + " ").Should().BeFalse();
        Verify(Key, body: "").Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base64")]
    [InlineData("AAAA")]
    [InlineData("MEUCIGHQVtGj")]
    public void WhatIsNoSignatureIsRefused(string signature) => Verify(Key, signature: signature).Should().BeFalse();

    [Theory]
    [InlineData("1600112501")]
    [InlineData("01600112502")]
    [InlineData("1600112502 ")]
    [InlineData("-1600112502")]
    [InlineData("99999999999999999999")]
    [InlineData("")]
    public void AnotherTimeIsRefused(string time) => Verify(Key, time: time).Should().BeFalse();

    [Fact]
    public void AnotherKeyOrNoneIsRefused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Verify(Convert.ToBase64String(other.ExportSubjectPublicKeyInfo())).Should().BeFalse();
        Verify("no key").Should().BeFalse();
        Verify("").Should().BeFalse();
        Verify(null).Should().BeFalse();
    }

    [Fact]
    public void OnlyP256KeysAreKeys()
    {
        using var good = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var longer = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        byte[] der = good.ExportSubjectPublicKeyInfo();

        EventSignature.IsKey(Convert.ToBase64String(der)).Should().BeTrue();
        EventSignature.IsKey(Key).Should().BeTrue();
        EventSignature.IsKey(Convert.ToBase64String([.. der, 0])).Should().BeFalse();
        EventSignature.IsKey(Convert.ToBase64String(longer.ExportSubjectPublicKeyInfo())).Should().BeFalse();
        EventSignature.IsKey(Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())).Should().BeFalse();
        EventSignature.IsKey(good.ExportSubjectPublicKeyInfoPem()).Should().BeFalse();
    }

    private static bool Verify(string? key, string body = Body, string signature = Signature, string? time = null, int secondsLater = 0)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [EventSignature.SignatureHeader] = signature,
            [EventSignature.TimestampHeader] = time ?? $"{Time}",
        };
        var clock = new FixedTime(DateTimeOffset.FromUnixTimeSeconds(Time + secondsLater));
        return new EventSignature(() => key, clock).Verify(new WebhookRequest("/v1/webhooks/events", headers, Encoding.UTF8.GetBytes(body)));
    }
}
