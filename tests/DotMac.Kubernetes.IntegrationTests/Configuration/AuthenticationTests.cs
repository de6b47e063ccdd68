using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Configuration;
using DotMac.Kubernetes.IntegrationTests.Fixture;
using DotMac.Kubernetes.Models;
using DotMac.Testing.Cluster;

namespace DotMac.Kubernetes.IntegrationTests.Configuration;

/// <summary>Every way of saying who one is, believed by the real server.</summary>
[Collection(ClusterCollection.Name)]
public sealed class AuthenticationTests(ControlPlaneFixture fixture) : IDisposable
{
    private readonly ControlPlane _cluster = fixture.ControlPlane;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dotmac-auth-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_kubeconfig_with_certificates_inside_works()
    {
        var configuration = KubernetesClientConfiguration.BuildDefaultConfig(_cluster.KubeconfigPath);
        using var client = new KubernetesClient(configuration with { UserAgent = "kubeconfig-test" });

        var marker = await _cluster.MarkAsync();
        (await client.Resource<V1Namespace>().ListAsync(ListOptions.All)).Items.Should().NotBeEmpty();
        (await _cluster.RequestsAsync("kubeconfig-test", marker)).Should().ContainSingle().Which.User.Should().Be("dotmac-test-admin");
    }

    [Fact]
    public async Task A_kubeconfig_of_somebody_else_has_only_the_rights_of_that_one()
    {
        using var client = new KubernetesClient(KubernetesClientConfiguration.BuildDefaultConfig(_cluster.WriteKubeconfig("alice", "readers")));

        var listing = () => client.Resource<V1Namespace>().ListAsync(ListOptions.All);

        (await listing.Should().ThrowAsync<ApiException>()).Which.Message.Should().Contain("alice");
    }

    [Fact]
    public async Task A_token_file_is_believed_and_a_rotated_one_is_found_when_the_old_one_no_longer_is()
    {
        var path = Path.Combine(_directory.FullName, "token");
        await File.WriteAllTextAsync(path, "not-a-token");
        var kubeconfig = WriteKubeconfig($"{{ tokenFile: {path} }}");
        var (ns, token) = await TokenAsync("pod");
        using var client = new KubernetesClient(KubernetesClientConfiguration.BuildDefaultConfig(kubeconfig) with { UserAgent = "token-test" });

        var refused = () => client.Resource<V1ConfigMap>().ListAsync(new ListOptions(ns));
        (await refused.Should().ThrowAsync<ApiException>()).Which.IsUnauthorized.Should().BeTrue();

        await File.WriteAllTextAsync(path, token + "\n");
        var marker = await _cluster.MarkAsync();
        await refused.Should().NotThrowAsync("the rejected token was read again");
        (await _cluster.RequestsAsync("token-test", marker)).Should().Contain(r => r.User == $"system:serviceaccount:{ns}:pod" && r.Code == 200);
    }

    [Fact]
    public async Task A_program_that_prints_a_token_is_believed()
    {
        var (ns, token) = await TokenAsync("robot");
        var script = Path.Combine(_directory.FullName, "print-token");
        await File.WriteAllTextAsync(script, """
            #!/bin/sh
            printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"}}' "$TOKEN"
            """);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var kubeconfig = WriteKubeconfig(
            "{ exec: { apiVersion: client.authentication.k8s.io/v1, command: ./print-token, env: [ { name: TOKEN, value: " + token + " } ] } }");
        using var client = new KubernetesClient(KubernetesClientConfiguration.BuildDefaultConfig(kubeconfig));

        (await client.Resource<V1ConfigMap>().ListAsync(new ListOptions(ns))).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Certificates_in_files_work_and_missing_ones_are_named()
    {
        var yaml = await File.ReadAllTextAsync(_cluster.KubeconfigPath);
        string Data(string key) => yaml.Split('\n').Single(l => l.Contains(key, StringComparison.Ordinal)).Split(": ")[1];
        foreach (var key in new[] { "client-certificate", "client-key", "certificate-authority" })
        {
            await File.WriteAllBytesAsync(Path.Combine(_directory.FullName, key), Convert.FromBase64String(Data(key + "-data")));
        }

        var kubeconfig = WriteKubeconfig("{ client-certificate: client-certificate, client-key: client-key }", "certificate-authority: certificate-authority");
        using (var client = new KubernetesClient(KubernetesClientConfiguration.BuildDefaultConfig(kubeconfig)))
        {
            (await client.Resource<V1Namespace>().ListAsync(ListOptions.All)).Items.Should().NotBeEmpty();
        }

        File.Delete(Path.Combine(_directory.FullName, "client-key"));
        using var broken = new KubernetesClient(KubernetesClientConfiguration.BuildDefaultConfig(kubeconfig));
        var listing = () => broken.Resource<V1Namespace>().ListAsync(ListOptions.All);
        (await listing.Should().ThrowAsync<KubernetesConfigurationException>()).WithMessage("*client-key*");
    }

    [Fact]
    public async Task A_server_of_another_authority_is_not_believed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=somebody else", key, HashAlgorithmName.SHA256);
        using var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var stranger = Convert.ToBase64String(Encoding.ASCII.GetBytes(authority.ExportCertificatePem()));
        var yaml = await File.ReadAllTextAsync(_cluster.KubeconfigPath);
        var path = Path.Combine(_directory.FullName, "strange");
        var data = yaml.Split('\n').Single(static l => l.Contains("certificate-authority-data", StringComparison.Ordinal)).Split(": ")[1];
        await File.WriteAllTextAsync(path, yaml.Replace(data, stranger, StringComparison.Ordinal));
        using var client = new KubernetesClient(KubernetesClientConfiguration.BuildDefaultConfig(path));

        var listing = () => client.Resource<V1Namespace>().ListAsync(ListOptions.All);

        (await listing.Should().ThrowAsync<HttpRequestException>()).WithMessage("*certificate*");
    }

    private async Task<(string Namespace, string Token)> TokenAsync(string account)
    {
        var ns = await _cluster.CreateNamespaceAsync();
        await _cluster.SendAsync(HttpMethod.Post, $"api/v1/namespaces/{ns}/serviceaccounts", JsonNode.Parse(
            $$"""{"apiVersion":"v1","kind":"ServiceAccount","metadata": { "name": "{{account}}" } }"""));
        await _cluster.SendAsync(HttpMethod.Post, $"apis/rbac.authorization.k8s.io/v1/namespaces/{ns}/rolebindings", JsonNode.Parse($$"""
            {
              "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": { "name": "view" },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin" },
              "subjects": [ { "kind": "ServiceAccount", "name": "{{account}}", "namespace": "{{ns}}" } ]
            }
            """));
        return (ns, await _cluster.CreateTokenAsync(ns, account));
    }

    private string WriteKubeconfig(string user, string authority = "insecure-skip-tls-verify: true")
    {
        var path = Path.Combine(_directory.FullName, "config");
        File.WriteAllText(path, $$"""
            current-context: c
            contexts: [ { name: c, context: { cluster: k, user: u } } ]
            clusters: [ { name: k, cluster: { server: '{{_cluster.Host.GetLeftPart(UriPartial.Authority)}}', {{authority}} } } ]
            users: [ { name: u, user: {{user}} } ]

            """);
        return path;
    }
}
