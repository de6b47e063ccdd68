using System.Text.Json.Nodes;
using DotMac.Vault.Client;
using DotMac.Vault.KubernetesAuth;
using DotMac.Vault.Secrets;
using DotMac.Vault.Tests.Fakes;

namespace DotMac.Vault.Tests.StandIn;

public sealed class KubernetesAuthTests : IAsyncLifetime
{
    private StandInSetup _setup = null!;
    private IKubernetesAuth _auth = null!;

    public async Task InitializeAsync()
    {
        _setup = await StandInSetup.CreateAsync();
        _auth = _setup.Root.KubernetesAuth();
    }

    public async Task DisposeAsync() => await _setup.DisposeAsync();

    [Fact]
    public async Task A_role_comes_back_as_it_was_written()
    {
        var role = new KubernetesRole
        {
            ServiceAccountNames = ["a", "b"],
            ServiceAccountNamespaces = ["tenant-acme"],
            Audience = "vault",
            TokenPolicies = ["p", "q"],
            TokenTtl = TimeSpan.FromMinutes(20),
            TokenMaxTtl = TimeSpan.FromHours(1),
            TokenPeriod = TimeSpan.FromMinutes(5),
            TokenNoDefaultPolicy = true,
            AliasNameSource = AliasNameSource.ServiceAccountName,
        };
        (await _auth.ReadRoleAsync("dotmac-acme-twilio")).Should().BeNull();
        await _auth.WriteRoleAsync("dotmac-acme-twilio", role);
        var read = await _auth.ReadRoleAsync("dotmac-acme-twilio");
        read.Should().BeEquivalentTo(role);
        role.IsSameAs(read).Should().BeTrue();
        role.IsSameAs(read! with { ServiceAccountNames = ["b", "a"] }).Should().BeTrue();
        role.IsSameAs(read with { TokenPolicies = ["p"] }).Should().BeFalse();

        // What is not set is taken back.
        await _auth.WriteRoleAsync("dotmac-acme-twilio", new KubernetesRole { ServiceAccountNames = ["a"], ServiceAccountNamespaces = ["n"] });
        (await _auth.ReadRoleAsync("dotmac-acme-twilio"))!.Should().BeEquivalentTo(new KubernetesRole { ServiceAccountNames = ["a"], ServiceAccountNamespaces = ["n"] });
        (await _auth.ListRolesAsync()).Should().Equal("dotmac-acme-twilio", "operator");
        await _auth.DeleteRoleAsync("dotmac-acme-twilio");
        await _auth.DeleteRoleAsync("dotmac-acme-twilio");
        (await _auth.ListRolesAsync()).Should().Equal("operator");
    }

    [Theory]
    [InlineData("system", "operator", "vault", true, null)]
    [InlineData("system", "other", "vault", true, "service account name not authorized")]
    [InlineData("other", "operator", "vault", true, "namespace not authorized")]
    [InlineData("system", "operator", "api", true, "audience")]
    [InlineData("system", "operator", "vault", false, "permission denied")]
    public async Task Who_logs_in_must_be_whom_the_role_names_and_whom_the_API_server_knows(string serviceNamespace, string name, string audience, bool isGood, string? refusal)
    {
        var login = _auth.LoginAsync("operator", new SecretValue(ServiceAccountToken.For(serviceNamespace, name, audience, isGood)));
        if (refusal is null)
        {
            var token = await login;
            token.Policies.Should().Equal("default", "reader");
            (token.LeaseDuration, token.IsRenewable).Should().Be((TimeSpan.FromHours(1), true));
            var info = await _setup.Root.Tokens.LookupSelfAsync(token.Token);
            (info.Path, info.Ttl, info.Metadata["service_account_namespace"]).Should().Be(("auth/kubernetes/login", TimeSpan.FromHours(1), "system"));
        }
        else
        {
            var error = (await login.Awaiting(static l => l).Should().ThrowAsync<VaultException>()).Which;
            error.Kind.Should().Be(VaultErrorKind.Forbidden);
            error.Message.Should().Contain(refusal);
        }
    }

    [Fact]
    public async Task What_a_token_says_of_itself_does_not_count()
    {
        // The claims say "operator", the API server says who it is.
        await using var setup = await StandInSetup.CreateAsync(static o => o with
        {
            TokenReviewer = static (_, _, _) => Task.FromResult(new StandIns.Vault.Kubernetes.TokenReviewOutcome(true, "system:serviceaccount:system:intruder", "u")),
        });
        using var client = setup.Login();
        await client.Awaiting(static c => c.KeyValue().ReadAsync("tenants/acme/twilio")).Should().ThrowAsync<VaultException>().WithMessage("*service account name not authorized*");
    }

    [Theory]
    [InlineData("""{"bound_service_account_names":"plugin-*","bound_service_account_namespaces":"*"}""", "plugin-a", true)]
    [InlineData("""{"bound_service_account_names":"plugin-*","bound_service_account_namespaces":"tenant-*,system"}""", "plugin-a", true)]
    [InlineData("""{"bound_service_account_names":["plugin-*"],"bound_service_account_namespaces":["tenant-*"]}""", "plugin-a", false)]
    [InlineData("""{"bound_service_account_names":["plugin-*"],"bound_service_account_namespaces":["system"]}""", "plug", false)]
    public async Task Names_may_be_globs(string role, string name, bool isAllowed)
    {
        await _setup.Vault.WriteRoleAsync("globs", (JsonObject)JsonNode.Parse(role)!);
        var login = _auth.Awaiting(a => a.LoginAsync("globs", new SecretValue(ServiceAccountToken.For("system", name))));
        if (isAllowed)
        {
            await login.Should().NotThrowAsync();
        }
        else
        {
            await login.Should().ThrowAsync<VaultException>();
        }
    }

    [Fact]
    public async Task A_role_that_is_not_there_is_named() =>
        (await _auth.Awaiting(static a => a.LoginAsync("nobody", new SecretValue("a.b.c"))).Should().ThrowAsync<VaultException>().WithMessage("*invalid role name \"nobody\"*"))
            .Which.Kind.Should().Be(VaultErrorKind.BadRequest);

    [Theory]
    [InlineData("""{"bound_service_account_names":[],"bound_service_account_namespaces":["a"]}""", "*can not be empty*")]
    [InlineData("""{"bound_service_account_names":["a"]}""", "*can not be empty*")]
    [InlineData("""{"bound_service_account_names":["a","*"],"bound_service_account_namespaces":["a"]}""", "*can not mix*")]
    [InlineData("""{"bound_service_account_names":["a"],"bound_service_account_namespaces":["a"],"token_ttl":"2h","token_max_ttl":"1h"}""", "*max ttl*")]
    public async Task A_role_that_makes_no_sense_is_refused(string role, string words) =>
        await _setup.Vault.Awaiting(v => v.WriteRoleAsync("bad", (JsonObject)JsonNode.Parse(role)!)).Should().ThrowAsync<ArgumentException>().WithMessage(words);

    [Fact]
    public async Task A_second_login_path_is_another_one()
    {
        await using var setup = await StandInSetup.CreateAsync(static o => o with { KubernetesMounts = ["kubernetes", "k8s/eu"] });
        await setup.Root.KubernetesAuth("k8s/eu").WriteRoleAsync("r", new KubernetesRole { ServiceAccountNames = ["*"], ServiceAccountNamespaces = ["*"] });
        (await setup.Root.KubernetesAuth("k8s/eu").LoginAsync("r", new SecretValue(ServiceAccountToken.For("a", "b")))).Token.Should().NotBeNull();
        (await setup.Root.KubernetesAuth().ReadRoleAsync("r")).Should().BeNull();
    }

    [Fact]
    public async Task A_token_whose_role_is_gone_is_not_renewed()
    {
        var login = await _auth.LoginAsync("operator", new SecretValue(ServiceAccountToken.For("system", "operator")));
        await _auth.DeleteRoleAsync("operator");
        await _setup.Root.Tokens.Awaiting(t => t.RenewSelfAsync(token: login.Token)).Should().ThrowAsync<VaultException>().WithMessage("*does not exist*");
    }
}
