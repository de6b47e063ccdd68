using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Admission.Certificates;
using DotMac.Operator.Tests.Support;
using DotMac.Testing.Logging;
using DotMac.Testing.Time;

namespace DotMac.Operator.Tests.Admission.Certificates;

public sealed class CertificateKeeperTests : IAsyncDisposable
{
    private const string Secrets = "api/v1/namespaces/dotmac-system/secrets";
    private const string Secret = Secrets + "/dotmac-operator-webhook";

    private static readonly EntityType Validating = new("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", EntityScope.Cluster);

    private readonly FakeClient _client = new();
    private readonly ManualTimeProvider _clock = new(Given.Now);
    private readonly CertificateKeeper _keeper;
    private JsonNode? _secret;
    private string? _bundle;

    public CertificateKeeperTests()
    {
        _keeper = new CertificateKeeper(_client, "dotmac-system", ["127.0.0.1"], new TestLogger<CertificateKeeper>(), _clock);
        _client.Posts[Secrets] = Store;
        _client.Raw[Secret] = () => _secret is null ? throw FakeResource<V1Secret>.Refusal(HttpStatusCode.NotFound, "not found") : Bytes(_secret);
        _client.Raw[Validating.Path(name: "dotmac-operator")] = () => Bytes(new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = "3" },
            ["webhooks"] = new JsonArray(new JsonObject { ["name"] = "a", ["clientConfig"] = new JsonObject { ["url"] = "https://127.0.0.1", ["caBundle"] = _bundle } }),
        });
        _client.Fake<V1PartialObjectMetadata>(Validating).OnPatch = (_, patch) =>
        {
            _keeper.Current?.TargetCertificate.Should().NotBeNull();
            _bundle = patch["webhooks"]![0]!["clientConfig"]!["caBundle"]!.GetValue<string>();
            patch["webhooks"]![0]!["clientConfig"]!["url"]!.GetValue<string>().Should().Be("https://127.0.0.1", "what it does not know stays");
            patch["metadata"]!["resourceVersion"]!.GetValue<string>().Should().Be("3");
            return new V1PartialObjectMetadata();
        };
        _client.Fake<V1Secret>().OnPatch = (_, patch) =>
        {
            _secret!["data"] = patch["data"]!.DeepClone();
            return new V1Secret();
        };
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task A_certificate_is_made_shown_and_told_once()
    {
        await _keeper.KeepAsync(default);
        var shown = _keeper.Current!.TargetCertificate;
        shown.MatchesHostname("dotmac-operator-webhook.dotmac-system.svc").Should().BeTrue();
        shown.MatchesHostname("127.0.0.1").Should().BeTrue();
        Encoding.UTF8.GetString(Convert.FromBase64String(_bundle!)).Should().Contain("BEGIN CERTIFICATE").And.NotContain("PRIVATE");
        await _keeper.KeepAsync(default);
        _keeper.Current.TargetCertificate.Should().BeSameAs(shown);
        _client.Fake<V1PartialObjectMetadata>(Validating).Patches.Should().ContainSingle();
    }

    [Fact]
    public async Task It_is_renewed_in_good_time_under_the_same_authority()
    {
        await _keeper.KeepAsync(default);
        var (before, bundle) = (_keeper.Current!.TargetCertificate.SerialNumber, _bundle);
        _clock.Advance(TimeSpan.FromDays(61));
        await _keeper.KeepAsync(default);
        _keeper.Current.TargetCertificate.SerialNumber.Should().NotBe(before);
        _bundle.Should().Be(bundle);
    }

    [Fact]
    public async Task What_another_replica_made_in_the_same_moment_is_taken()
    {
        var another = new CertificateKeeper(_client, "dotmac-system", ["127.0.0.1"], new TestLogger<CertificateKeeper>(), _clock);
        _client.Posts[Secrets] = body =>
        {
            _client.Posts[Secrets] = Store;
            another.KeepAsync(default).GetAwaiter().GetResult();
            throw FakeResource<V1Secret>.Refusal(HttpStatusCode.Conflict, "already exists");
        };
        await _keeper.KeepAsync(default);
        _keeper.Current!.TargetCertificate.SerialNumber.Should().Be(another.Current!.TargetCertificate.SerialNumber);
    }

    [Fact]
    public async Task A_mounted_certificate_is_shown_with_those_between_it_and_its_authority_and_half_of_one_is_not()
    {
        var directory = Directory.CreateTempSubdirectory("dotmac-webhook-").FullName;
        try
        {
            var mounted = new MountedCertificate(directory, new TestLogger<MountedCertificate>(), _clock);
            mounted.Look();
            mounted.Current.Should().BeNull();
            var made = WebhookCertificate.Next(null, ["a.example"], Given.Now);
            Write(made.Certificate + "\n" + made.Authorities, made.Key);
            mounted.Look();
            var first = mounted.Current!;
            first.TargetCertificate.MatchesHostname("a.example").Should().BeTrue();
            Write(WebhookCertificate.Next(null, ["b.example"], Given.Now).Certificate, made.Key);
            mounted.Look();
            mounted.Current.Should().BeSameAs(first);
            made = WebhookCertificate.Next(null, ["c.example"], Given.Now);
            Write(made.Certificate, made.Key);
            mounted.Look();
            mounted.Current!.TargetCertificate.MatchesHostname("c.example").Should().BeTrue();
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        void Write(string certificate, string key)
        {
            File.WriteAllText(Path.Combine(directory, "tls.crt"), certificate);
            File.WriteAllText(Path.Combine(directory, "tls.key"), key);
        }
    }

    private JsonNode Store(JsonNode body)
    {
        _secret = body.DeepClone();
        _secret["metadata"]!["resourceVersion"] = "1";
        return _secret;
    }

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
