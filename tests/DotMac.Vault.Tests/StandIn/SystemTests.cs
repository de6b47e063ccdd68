using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.StandIns.Vault;
using DotMac.Vault.Client;
using DotMac.Vault.Health;
using DotMac.Vault.Secrets;
using DotMac.Vault.Tests.Fakes;

namespace DotMac.Vault.Tests.StandIn;

public sealed class SystemTests : IAsyncLifetime
{
    private StandInSetup _setup = null!;

    public async Task InitializeAsync() => _setup = await StandInSetup.CreateAsync();

    public async Task DisposeAsync() => await _setup.DisposeAsync();

    [Fact]
    public async Task Policies_are_written_read_listed_and_felt_at_once()
    {
        using var client = _setup.As(_setup.Vault.IssueToken(null, "Later"));
        await client.Awaiting(static c => c.KeyValue().ReadAsync("x")).Should().ThrowAsync<VaultException>();
        const string Text = """path "secret/data/x" { capabilities = ["read"] }""";
        await _setup.Root.Policies.WriteAsync("Later", Text);
        (await client.KeyValue().ReadAsync("x")).Should().BeNull();
        (await _setup.Root.Policies.ReadAsync("later")).Should().Be(Text);
        (await _setup.Root.Policies.ListAsync()).Should().Equal("default", "later", "reader", "root");
        await _setup.Root.Policies.DeleteAsync("later");
        await _setup.Root.Policies.DeleteAsync("later");
        (await _setup.Root.Policies.ReadAsync("later")).Should().BeNull();
        await client.Awaiting(static c => c.KeyValue().ReadAsync("x")).Should().ThrowAsync<VaultException>();
        (await _setup.Root.Awaiting(static r => r.Policies.WriteAsync("bad", "path {")).Should().ThrowAsync<VaultException>().WithMessage("*failed to parse policy*"))
            .Which.Kind.Should().Be(VaultErrorKind.BadRequest);
        await _setup.Root.Awaiting(static r => r.Policies.DeleteAsync("default")).Should().ThrowAsync<VaultException>();
    }

    [Fact]
    public async Task A_reader_reads_what_its_policy_names()
    {
        using var client = _setup.As(_setup.Vault.IssueToken(null, "reader"));
        (await client.KeyValue().ReadSubkeysAsync("tenants/acme/twilio"))!.Keys.Should().Contain("auth_token");
        (await client.KeyValue().ListAsync("tenants")).Should().Equal("acme/");
        foreach (var refused in new Func<Task>[]
        {
            () => client.KeyValue().ReadAsync("tenants/other/x"),
            () => client.KeyValue().DeleteMetadataAsync("tenants/acme/twilio"),
            () => client.KeyValue().ListAsync(),
            () => client.Policies.ListAsync(),
            () => client.KubernetesAuth().ReadRoleAsync("operator"),
        })
        {
            (await refused.Should().ThrowAsync<VaultException>()).Which.Kind.Should().Be(VaultErrorKind.Forbidden);
        }
    }

    [Fact]
    public async Task Sealed_it_says_so_and_unsealed_it_goes_on()
    {
        using var weak = _setup.As(_setup.Vault.IssueToken(null, "reader"));
        (await RawAsync(HttpMethod.Put, "sys/seal", null, _setup.Vault.IssueToken(null, "reader"))).Status.Should().Be(403);
        (await RawAsync(HttpMethod.Put, "sys/seal")).Status.Should().Be(204);
        (await weak.Awaiting(static c => c.KeyValue().ReadAsync("tenants/acme/twilio")).Should().ThrowAsync<VaultException>().WithMessage("*503 Vault is sealed*"))
            .Which.Kind.Should().Be(VaultErrorKind.Sealed);
        (await _setup.Root.Health.ReadAsync()).State.Should().Be(VaultState.Sealed);
        (await RawAsync(HttpMethod.Put, "sys/unseal", """{"key":"wrong"}""")).Status.Should().Be(400);
        (await RawAsync(HttpMethod.Put, "sys/unseal", new JsonObject { ["key"] = _setup.Vault.UnsealKey }.ToJsonString())).Body["sealed"]!.GetValue<bool>().Should().BeFalse();
        (await weak.KeyValue().ReadAsync("tenants/acme/twilio")).Should().NotBeNull();
    }

    [Theory]
    [InlineData(NodeRole.Active, false, "", 200)]
    [InlineData(NodeRole.Active, true, "", 503)]
    [InlineData(NodeRole.Active, true, "?sealedcode=200", 200)]
    [InlineData(NodeRole.Standby, false, "", 429)]
    [InlineData(NodeRole.Standby, false, "?standbyok=true", 200)]
    [InlineData(NodeRole.Standby, false, "?perfstandbyok=true", 429)]
    [InlineData(NodeRole.Standby, false, "?standbycode=299", 299)]
    [InlineData(NodeRole.PerformanceStandby, false, "", 473)]
    [InlineData(NodeRole.PerformanceStandby, false, "?perfstandbyok=true", 200)]
    [InlineData(NodeRole.DisasterRecoverySecondary, false, "", 472)]
    [InlineData(NodeRole.Uninitialized, false, "", 501)]
    [InlineData(NodeRole.Uninitialized, false, "?uninitcode=200", 200)]
    public async Task Health_has_all_its_codes(NodeRole role, bool isSealed, string query, int code)
    {
        (_setup.Vault.Role, _setup.Vault.IsSealed) = (role, isSealed);
        (await RawAsync(HttpMethod.Get, "sys/health" + query)).Status.Should().Be(code);
    }

    [Fact]
    public async Task A_standby_sends_on_to_the_active_node()
    {
        await using var standby = await VaultStandIn.StartAsync();
        (standby.Role, standby.ActiveNode) = (NodeRole.Standby, _setup.Vault.Address);
        using var client = VaultClient.WithToken(_setup.Options with { Address = standby.Address }, new VaultToken(_setup.Vault.RootToken));
        (await client.KeyValue().WriteAsync("through", new Dictionary<string, SecretValue> { ["a"] = new("1") })).Number.Should().Be(1);
        (await _setup.Root.KeyValue().ReadAsync("through"))!.Fields["a"].Reveal().Should().Be("1");
        standby.Audit.Should().ContainSingle().Which.Status.Should().Be(307);
        (await client.Health.ReadAsync()).State.Should().Be(VaultState.Standby);
    }

    [Fact]
    public async Task The_audit_names_the_namespace_and_no_secret()
    {
        using var client = VaultClient.WithToken(_setup.Options with { Namespace = "team" }, new VaultToken(_setup.Vault.RootToken), _setup.Clock);
        await client.KeyValue().ReadAsync("tenants/acme/twilio", version: 1);
        _setup.Vault.Audit.Should().ContainSingle().Which.Should().Be(new AuditEntry("GET", "secret/data/tenants/acme/twilio?version=1", 200, "root", "team"));
    }

    [Fact]
    public async Task Engines_and_logins_are_mounted_as_in_Vault()
    {
        (await RawAsync(HttpMethod.Post, "sys/mounts/kv/own", """{"type":"kv","options":{"version":"2"}}""")).Status.Should().Be(204);
        (await RawAsync(HttpMethod.Post, "sys/auth/eu", """{"type":"kubernetes"}""")).Status.Should().Be(204);
        (await RawAsync(HttpMethod.Post, "sys/auth/eu", """{"type":"kubernetes"}""")).Status.Should().Be(400);
        (await _setup.Root.KeyValue("kv/own").ReadAsync("a")).Should().BeNull();
        (await RawAsync(HttpMethod.Get, "sys/auth")).Body["data"]!.AsObject().Select(static p => p.Key).Should().BeEquivalentTo("eu/", "kubernetes/", "token/");
        (await RawAsync(HttpMethod.Post, "sys/capabilities-self", """{"paths":["secret/data/a"]}""", _setup.Vault.IssueToken(null, "reader"))).Body["data"]!["secret/data/a"]!.ToJsonString()
            .Should().Be("""["deny"]""");
    }

    [Fact]
    public async Task TLS_is_believed_by_the_configured_authority_alone_and_a_new_one_is_noticed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (first, second) = (Authority("first"), Authority("second"));
        var request = new CertificateRequest("CN=vault", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(first, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), [1, 2, 3]).CopyWithPrivateKey(key);
        await using var vault = await VaultStandIn.StartAsync(new VaultStandInOptions { ServerCertificate = certificate });
        var file = Path.Combine(_setup.Folder, "ca.pem");
        await File.WriteAllTextAsync(file, second.ExportCertificatePem());
        using var client = VaultClient.WithToken(
            new VaultClientOptions { Address = vault.Address, CertificateAuthorityFile = file, MaximumRetries = 0 }, new VaultToken(vault.RootToken));
        var error = (await client.Awaiting(static c => c.Tokens.LookupSelfAsync()).Should().ThrowAsync<VaultException>()).Which;
        error.Kind.Should().Be(VaultErrorKind.Unreachable);
        error.Message.Should().Contain("certificate authority");

        await File.WriteAllTextAsync(file, first.ExportCertificatePem());
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(5));
        (await client.Tokens.LookupSelfAsync()).DisplayName.Should().Be("root");
        using var other = VaultClient.WithToken(
            new VaultClientOptions { Address = vault.Address, CertificateAuthorityFile = file, TlsServerName = "other", MaximumRetries = 0 }, new VaultToken(vault.RootToken));
        await other.Awaiting(static c => c.Tokens.LookupSelfAsync()).Should().ThrowAsync<VaultException>();
        using var missing = VaultClient.WithToken(
            new VaultClientOptions { Address = vault.Address, CertificateAuthorityFile = file + ".none", MaximumRetries = 0 }, new VaultToken(vault.RootToken));
        await missing.Awaiting(static c => c.Tokens.LookupSelfAsync()).Should().ThrowAsync<VaultException>().WithMessage("*ca.pem.none*");
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
    }

    private async Task<(int Status, JsonNode Body)> RawAsync(HttpMethod method, string path, string? body = null, string? token = null)
    {
        using var http = new HttpClient { BaseAddress = _setup.Vault.Address };
        using var request = new HttpRequestMessage(method, "/v1/" + path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8) };
        request.Headers.Add("X-Vault-Token", token ?? _setup.Vault.RootToken);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!);
    }
}
