using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DotMac.Kubernetes.Configuration;

namespace DotMac.Kubernetes.Tests.Configuration;

public sealed class KubeconfigTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dotmac-kubeconfig-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task The_current_context_says_server_user_and_namespace()
    {
        var built = Build(null, """
            apiVersion: v1
            kind: Config
            current-context: prod
            contexts:
              - { name: dev, context: { cluster: d, user: du } }
              - { name: prod, context: { cluster: p, user: pu, namespace: team } }
            clusters:
              - { name: d, cluster: { server: "http://dev:8080" } }
              - { name: p, cluster: { server: "https://prod:6443/sub", tls-server-name: other, insecure-skip-tls-verify: true, proxy-url: "http://proxy:3128" } }
            users:
              - { name: du, user: { username: u, password: "p:w" } }
              - { name: pu, user: { token: secret } }
            """);

        built.Host.Should().Be(new Uri("https://prod:6443/sub"));
        built.Namespace.Should().Be("team");
        built.TlsServerName.Should().Be("other");
        built.SkipTlsVerify.Should().BeTrue();
        built.Proxy.Should().Be(new Uri("http://proxy:3128"));
        built.CertificateAuthority.Should().BeNull();
        (await TokenAsync(built)).Should().Be("Bearer secret");
    }

    [Fact]
    public async Task Another_context_can_be_chosen()
    {
        var built = Build("dev", Two);
        built.Host.Host.Should().Be("dev");
        built.Namespace.Should().Be("default");
        (await TokenAsync(built)).Should().Be("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("u:p")));
    }

    [Fact]
    public async Task Of_several_files_the_first_to_name_something_wins_and_missing_ones_are_passed_over()
    {
        var first = Write("first", """
            current-context: c
            users: [ { name: u, user: { token: from-first } } ]
            """);
        var second = Write("second", """
            current-context: other
            contexts: [ { name: c, context: { cluster: k, user: u } } ]
            clusters: [ { name: k, cluster: { server: "https://second" } } ]
            users: [ { name: u, user: { token: from-second } } ]
            """);
        var built = Kubeconfig.Load([Path.Combine(_directory.FullName, "none"), first, second]).Build(null);

        built.Host.Host.Should().Be("second");
        (await TokenAsync(built)).Should().Be("Bearer from-first");
    }

    [Fact]
    public void Certificates_are_read_from_data_and_from_files_beside_the_kubeconfig()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=me", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (pem, keyPem) = (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));
        var data = Build(null, One(
            $"client-certificate-data: {Base64(pem)}, client-key-data: {Base64(keyPem)}", $", certificate-authority-data: {Base64(pem)}"));
        data.Credentials.GetCertificate()!.Thumbprint.Should().Be(certificate.Thumbprint);
        data.Credentials.GetCertificate()!.HasPrivateKey.Should().BeTrue();
        data.CertificateAuthority!().Should().ContainSingle().Which.Thumbprint.Should().Be(certificate.Thumbprint);

        Write("me.crt", pem);
        Write("me.key", keyPem);
        var files = Build(null, One("client-certificate: me.crt, client-key: ./me.key", ", certificate-authority: me.crt"));
        files.Credentials.GetCertificate()!.Thumbprint.Should().Be(certificate.Thumbprint);
        files.CertificateAuthority!().Should().ContainSingle();

        // One in a file and one inside is allowed too.
        var mixed = Build(null, One($"client-certificate: me.crt, client-key-data: {Base64(keyPem)}"));
        mixed.Credentials.GetCertificate()!.HasPrivateKey.Should().BeTrue();
    }

    [Theory]
    [InlineData("", null, "*names no current-context*")]
    [InlineData("contexts: [ { name: one }, { name: two } ]", null, "*names no current-context; choose one with --context: one, two")]
    [InlineData("contexts: [ { name: b, context: {} }, { name: a, context: {} } ]", "c", "*has no context 'c'; it has: a, b")]
    [InlineData("contexts: [ { name: c, context: { user: u } } ]", "c", "context 'c' * names no cluster")]
    [InlineData("contexts: [ { name: c, context: { cluster: k } } ]", "c", "*has no cluster 'k'*")]
    [InlineData("{ contexts: [ { name: c, context: { cluster: k } } ], clusters: [ { name: k, cluster: { server: nonsense } } ] }", "c", "*no usable server address ('nonsense')")]
    [InlineData("{ contexts: [ { name: c, context: { cluster: k, user: u } } ], clusters: [ { name: k, cluster: { server: 'https://h' } } ] }", "c", "*has no user 'u'*")]
    [InlineData("just text", "c", "*is not YAML of the expected form*")]
    [InlineData("a: [", "c", "*is not YAML of the expected form*")]
    public void What_is_wrong_is_said(string yaml, string? context, string message)
    {
        var build = () => Build(context, yaml);
        build.Should().Throw<KubernetesConfigurationException>().WithMessage(message);
    }

    [Theory]
    [InlineData("client-certificate-data: '###', client-key-data: eA==", "", "client-certificate-data in * is not base64")]
    [InlineData("client-certificate-data: eA==", "", "*has a client certificate and no client-key")]
    [InlineData("client-certificate-data: eA==, client-key-data: eA==", "", "the client certificate of user 'u' * cannot be used*")]
    [InlineData("client-certificate: none.crt, client-key-data: eA==", "", "*client-certificate * cannot be read*none.crt*")]
    [InlineData("exec: { args: [ x ] }", "", "*user 'u' * names no command")]
    [InlineData("token: x", ", certificate-authority-data: '###'", "certificate-authority-data in * is not base64")]
    public void What_is_wrong_with_credentials_is_said(string user, string cluster, string message)
    {
        var build = () => Build(null, One(user, cluster));
        build.Should().Throw<KubernetesConfigurationException>().WithMessage(message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var one = () => Kubeconfig.Load(["/no/such/file"]);
        one.Should().Throw<KubernetesConfigurationException>().WithMessage("*/no/such/file does not exist");
        var two = () => Kubeconfig.Load(["/no/such/file", "/nor/this"]);
        two.Should().Throw<KubernetesConfigurationException>().WithMessage("none of the kubeconfigs exists: /no/such/file, /nor/this");
    }

    [Fact]
    public async Task Missing_certificate_files_are_named_when_they_are_wanted()
    {
        var built = Build(null, One("client-certificate: none.crt, client-key: none.key", ", certificate-authority: none.ca"));
        var certificate = () => built.Credentials.GetTokenAsync(CancellationToken.None).AsTask();
        await certificate.Should().ThrowAsync<KubernetesConfigurationException>().WithMessage("*none.crt*none.key*");
        var authority = () => built.CertificateAuthority!();
        authority.Should().Throw<KubernetesConfigurationException>().WithMessage("*none.ca*");
    }

    [Fact]
    public async Task A_program_beside_the_kubeconfig_is_run_with_its_arguments_and_variables()
    {
        Script("plugin", """
            echo run >> "$0.runs"
            [ -n "$KUBERNETES_EXEC_INFO" ] || exit 3
            printf '{"status":{"token":"%s-%s","expirationTimestamp":"2999-01-01T00:00:00Z"}}' "$1" "$WORD"
            """);
        var built = Build(null, One("exec: { command: ./plugin, args: [ one ], env: [ { name: WORD, value: two } ] }"));

        (await TokenAsync(built)).Should().Be("Bearer one-two");
        (await TokenAsync(built)).Should().Be("Bearer one-two");
        Runs().Should().Be(1, "the token is good until 2999");

        built.Credentials.Invalidate(await built.Credentials.GetTokenAsync(CancellationToken.None)).Should().BeTrue();
        await TokenAsync(built);
        Runs().Should().Be(2, "the server did not accept it");

        int Runs() => File.ReadAllLines(Path.Combine(_directory.FullName, "plugin.runs")).Length;
    }

    [Fact]
    public async Task A_token_that_has_expired_is_asked_for_again()
    {
        Script("plugin", """
            echo run >> "$0.runs"
            printf '{"status":{"token":"%s","expirationTimestamp":"2001-01-01T00:00:00Z"}}' "$(wc -l < "$0.runs" | tr -d ' ')"
            """);
        var built = Build(null, One("exec: { command: ./plugin }"));
        (await TokenAsync(built)).Should().Be("Bearer 1");
        (await TokenAsync(built)).Should().Be("Bearer 2");
    }

    [Theory]
    [InlineData("exit 7", "*plugin failed with exit code 7*")]
    [InlineData("echo secret-token", "*printed something that is not an ExecCredential")]
    [InlineData("echo '{}'", "*printed no status*")]
    public async Task A_program_that_fails_is_named_and_its_output_kept_to_itself(string body, string message)
    {
        Script("plugin", body);
        var built = Build(null, One("exec: { command: ./plugin }"));
        var token = () => TokenAsync(built);
        (await token.Should().ThrowAsync<KubernetesConfigurationException>().WithMessage(message)).Which.Message.Should().NotContain("secret-token");
    }

    [Fact]
    public async Task A_program_that_is_not_there_comes_with_the_hint_how_to_install_it()
    {
        var built = Build(null, One("exec: { command: no-such-plugin, installHint: 'get it at example.com' }"));
        var token = () => TokenAsync(built);
        await token.Should().ThrowAsync<KubernetesConfigurationException>().WithMessage("*'no-such-plugin' cannot be started*get it at example.com");
    }

    private const string Two = """
        current-context: prod
        contexts:
          - { name: dev, context: { cluster: d, user: du } }
          - { name: prod, context: { cluster: p, user: pu, namespace: team } }
        clusters:
          - { name: d, cluster: { server: "http://dev:8080" } }
          - { name: p, cluster: { server: "https://prod" } }
        users:
          - { name: du, user: { username: u, password: p } }
          - { name: pu, user: { token: secret } }
        """;

    private static string One(string user, string cluster = "") => $$"""
        current-context: c
        contexts: [ { name: c, context: { cluster: k, user: u } } ]
        clusters: [ { name: k, cluster: { server: "https://host:6443"{{cluster}} } } ]
        users: [ { name: u, user: { {{user}} } } ]
        """;

    private static async Task<string?> TokenAsync(KubernetesClientConfiguration configuration) =>
        (await configuration.Credentials.GetTokenAsync(CancellationToken.None))?.ToString();

    private KubernetesClientConfiguration Build(string? context, string yaml) => Kubeconfig.Load([Write("config", yaml)]).Build(context);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private void Script(string name, string body) =>
        File.SetUnixFileMode(Write(name, "#!/bin/sh\n" + body + "\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
