using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DotMac.Admin.Configuration;
using DotMac.Admin.Hosting;
using DotMac.Kubernetes.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace DotMac.Admin.Tests.Hosting;

/// <summary>The service without an API server: what it serves to anybody.</summary>
public sealed class HostingTests : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dotmac-admin-");
    private readonly ILoggerFactory _logs = LoggerFactory.Create(static _ => { });
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = static (_, certificate, _, _) => certificate!.Subject == "CN=admin.test" });
    private AdminRuntime? _runtime;
    private WebApplication? _app;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _runtime?.Dispose();
        _http.Dispose();
        _logs.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task With_a_certificate_it_speaks_TLS()
    {
        WriteCertificate();
        var address = await StartAsync(new AdminOptions { CertificateDirectory = _directory.FullName });
        address.Scheme.Should().Be("https");
        using var answer = await _http.GetAsync(new Uri(address, "/healthz"));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.GetValues("Strict-Transport-Security").Should().ContainSingle();
    }

    [Fact]
    public async Task Without_one_that_can_be_read_it_does_not_start_and_says_why()
    {
        var start = () => StartAsync(new AdminOptions { CertificateDirectory = _directory.FullName });
        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*--tls-certificate-directory*tls.crt*");
    }

    [Fact]
    public async Task Behind_a_prefix_it_is_found_there()
    {
        var address = await StartAsync(new AdminOptions { PathBase = "/dotmac" });
        using var root = await _http.GetAsync(new Uri(address, "/dotmac/"));
        root.Headers.Location!.ToString().Should().Be("/dotmac/sign-in");
        using var page = await _http.GetAsync(new Uri(address, "/dotmac/sign-in"));
        page.StatusCode.Should().Be(HttpStatusCode.OK);
        using var document = await _http.GetAsync(new Uri(address, "/dotmac/openapi/v1.json"));
        document.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Before_its_caches_are_filled_it_is_alive_and_not_ready_and_knows_nobody()
    {
        var address = await StartAsync(new AdminOptions());
        using var alive = await _http.GetAsync(new Uri(address, "/healthz"));
        alive.StatusCode.Should().Be(HttpStatusCode.OK);
        using var ready = await _http.GetAsync(new Uri(address, "/readyz"));
        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);

        // Nobody can say whose the token is.
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/api/admin/plugins"));
        request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", "some-token");
        using var answer = await _http.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.Should().NotBeNull();
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("some-token");
    }

    private async Task<Uri> StartAsync(AdminOptions options)
    {
        options = options with { BindAddress = "127.0.0.1:0" };
        _runtime = new AdminRuntime(options, new KubernetesClientConfiguration { Host = new Uri("http://127.0.0.1:1") }, _logs, TimeProvider.System);
        _app = AdminServer.Create(options, _runtime, _logs, TimeProvider.System);
        await _app.StartAsync();
        return new Uri(_app.Urls.Single());
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=admin.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(_directory.FullName, "tls.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_directory.FullName, "tls.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
