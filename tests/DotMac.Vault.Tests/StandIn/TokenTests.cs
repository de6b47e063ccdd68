using DotMac.Vault.Client;
using DotMac.Vault.Secrets;
using DotMac.Vault.Tests.Fakes;

namespace DotMac.Vault.Tests.StandIn;

public sealed class TokenTests : IAsyncLifetime
{
    private StandInSetup _setup = null!;

    public async Task InitializeAsync() => _setup = await StandInSetup.CreateAsync();

    public async Task DisposeAsync() => await _setup.DisposeAsync();

    [Fact]
    public async Task A_token_ends_with_its_lease()
    {
        using var client = _setup.As(_setup.Vault.IssueToken(TimeSpan.FromMinutes(10), "reader"));
        _setup.Clock.Advance(TimeSpan.FromMinutes(9));
        (await client.Tokens.LookupSelfAsync()).Ttl.Should().Be(TimeSpan.FromMinutes(1));
        _setup.Clock.Advance(TimeSpan.FromMinutes(1));
        var error = (await client.Awaiting(static c => c.Tokens.LookupSelfAsync()).Should().ThrowAsync<VaultException>()).Which;
        error.Kind.Should().Be(VaultErrorKind.Forbidden);
        error.Message.Should().Contain("invalid token");
    }

    [Fact]
    public async Task A_renewal_ends_at_the_greatest_age()
    {
        await _setup.WriteRoleAsync(ttl: 3600, maxTtl: 5400);
        var auth = _setup.Root.KubernetesAuth();
        var login = await auth.LoginAsync("operator", new SecretValue(ServiceAccountToken.For("system", "operator")));
        _setup.Clock.Advance(TimeSpan.FromMinutes(50));
        (await _setup.Root.Tokens.RenewSelfAsync(token: login.Token)).LeaseDuration.Should().Be(TimeSpan.FromMinutes(40));
        (await _setup.Root.Tokens.RenewSelfAsync(TimeSpan.FromMinutes(5), login.Token)).LeaseDuration.Should().Be(TimeSpan.FromMinutes(5));
        (await _setup.Root.Tokens.RenewSelfAsync(token: login.Token)).Token.Should().Be(login.Token);
        _setup.Clock.Advance(TimeSpan.FromMinutes(40));
        await _setup.Root.Tokens.Awaiting(t => t.RenewSelfAsync(token: login.Token)).Should().ThrowAsync<VaultException>();
    }

    [Fact]
    public async Task A_token_that_ended_itself_is_none()
    {
        using var client = _setup.As(_setup.Vault.IssueToken(null, "reader"));
        await client.Tokens.RevokeSelfAsync();
        await client.Awaiting(static c => c.Tokens.LookupSelfAsync()).Should().ThrowAsync<VaultException>();
    }

    [Fact]
    public async Task The_root_token_lives_for_ever()
    {
        var root = await _setup.Root.Tokens.LookupSelfAsync();
        (root.Ttl, root.ExpiresAt).Should().Be((TimeSpan.Zero, (DateTimeOffset?)null));
        root.Policies.Should().Equal("root");
    }

    [Fact]
    public async Task Without_a_token_nothing_is_to_be_had()
    {
        using var client = new VaultClient(_setup.Options, clock: _setup.Clock);
        (await client.Awaiting(static c => c.KeyValue().ReadAsync("tenants/acme/twilio")).Should().ThrowAsync<VaultException>()).Which.Kind.Should().Be(VaultErrorKind.Forbidden);
        (await client.Health.ReadAsync()).IsServing.Should().BeTrue();
    }
}
