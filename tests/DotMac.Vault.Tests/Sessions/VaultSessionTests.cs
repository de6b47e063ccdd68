using DotMac.Testing;
using DotMac.Testing.Logging;
using DotMac.Vault.Client;
using DotMac.Vault.Sessions;
using DotMac.Vault.Tests.Fakes;

namespace DotMac.Vault.Tests.Sessions;

public sealed class VaultSessionTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TestLogger<VaultSession> _log = new();
    private StandInSetup _setup = null!;
    private VaultClient _client = null!;

    public async Task InitializeAsync()
    {
        _setup = await StandInSetup.CreateAsync();
        _client = _setup.Login(_log);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _setup.DisposeAsync();
    }

    [Fact]
    public async Task Ten_callers_are_one_login()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => TokenAsync())));
        tokens.Distinct().Should().ContainSingle();
        _setup.Logins.Should().Be(1);
        _log.Text.Should().Contain("operator").And.NotContain(tokens[0]);
    }

    [Fact]
    public async Task One_caller_that_gives_up_does_not_take_the_others_along()
    {
        using var cancelled = new CancellationTokenSource();
        var first = _client.Session!.GetTokenAsync(cancelled.Token).AsTask();
        var second = TokenAsync();
        await cancelled.CancelAsync();
        (await second).Should().NotBeEmpty();
        await first.ContinueWith(static _ => { }, TaskScheduler.Default);
        _setup.Logins.Should().Be(1);
    }

    [Fact]
    public async Task A_token_is_renewed_at_about_two_thirds_of_its_lease()
    {
        var token = await TokenAsync();
        _setup.Clock.Advance(TimeSpan.FromMinutes(60 * 0.61));
        (await TokenAsync()).Should().Be(token);
        _setup.Renewals.Should().Be(0);
        _setup.Clock.Advance(TimeSpan.FromMinutes(60 * 0.10));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => TokenAsync()));
        (await TokenAsync()).Should().Be(token);
        (_setup.Renewals, _setup.Logins).Should().Be((1, 1));
    }

    [Fact]
    public async Task Near_its_greatest_age_a_token_is_replaced_and_never_ends_in_use()
    {
        await _setup.WriteRoleAsync(ttl: 3600, maxTtl: 3 * 3600);
        var tokens = new HashSet<string>();
        for (var i = 0; i < 24 * 6; i++)
        {
            tokens.Add(await TokenAsync());
            (await _client.KeyValue().ReadAsync("tenants/acme/twilio")).Should().NotBeNull();
            _setup.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        _setup.Vault.Audit.Should().NotContain(static e => e.Status == 403, "the session is ahead of the end of its tokens");
        tokens.Count.Should().BeInRange(8, 14, "24 hours of tokens that live 3");
        _setup.Logins.Should().Be(tokens.Count);
    }

    [Fact]
    public async Task A_periodic_token_is_renewed_for_ever()
    {
        await _setup.WriteRoleAsync(period: 3600);
        for (var i = 0; i < 100; i++)
        {
            await TokenAsync();
            _setup.Clock.Advance(TimeSpan.FromMinutes(45));
        }

        _setup.Logins.Should().Be(1);
    }

    [Fact]
    public async Task A_token_that_nobody_asked_for_in_time_is_replaced_without_a_word_to_Vault()
    {
        var token = await TokenAsync();
        _setup.Clock.Advance(TimeSpan.FromHours(2));
        (await TokenAsync()).Should().NotBe(token);
        (_setup.Renewals, _setup.Logins).Should().Be((0, 2));
    }

    [Fact]
    public async Task The_service_accounts_token_is_read_anew_for_each_login()
    {
        await TokenAsync();
        await File.WriteAllTextAsync(_setup.TokenFile, ServiceAccountToken.For("system", "operator", isGood: false));
        _setup.Clock.Advance(TimeSpan.FromHours(2));
        await FailingAsync(VaultErrorKind.Forbidden);
        await File.WriteAllTextAsync(_setup.TokenFile, ServiceAccountToken.For("system", "operator", serial: 2));
        _setup.Clock.Advance(TimeSpan.FromSeconds(1));
        (await TokenAsync()).Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_token_that_was_revoked_costs_one_login_and_one_repetition()
    {
        _setup.Vault.Revoke(await TokenAsync());
        (await _client.KeyValue().ReadAsync("tenants/acme/twilio")).Should().NotBeNull();
        _setup.Vault.Audit.Select(static e => (e.Path, e.Status)).Should().Equal(
            ("auth/kubernetes/login", 200),
            ("secret/data/tenants/acme/twilio", 403),
            ("auth/kubernetes/login", 200),
            ("secret/data/tenants/acme/twilio", 200));
    }

    [Fact]
    public async Task Ten_requests_with_a_token_that_was_revoked_are_one_login()
    {
        _setup.Vault.Revoke(await TokenAsync());
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _client.KeyValue().ReadAsync("tenants/acme/twilio")));
        _setup.Logins.Should().Be(2);
    }

    [Fact]
    public async Task A_path_that_is_forbidden_is_no_reason_to_log_in()
    {
        for (var i = 0; i < 3; i++)
        {
            (await _client.Awaiting(static c => c.KeyValue().ReadAsync("tenants/other/x")).Should().ThrowAsync<VaultException>()).Which.Kind.Should().Be(VaultErrorKind.Forbidden);
            _setup.Clock.Advance(TimeSpan.FromSeconds(31));
        }

        _setup.Logins.Should().Be(1);
        _setup.Vault.Audit.Count(static e => e.Path == "auth/token/lookup-self").Should().BeLessThanOrEqualTo(2, "a token is not doubted right after the login");
    }

    [Fact]
    public async Task An_older_Vault_that_only_says_permission_denied_is_asked_about_the_token()
    {
        await using var setup = await StandInSetup.CreateAsync(static o => o with { TellsInvalidTokens = false });
        using var client = setup.Login();
        setup.Vault.Revoke((await client.Session!.GetTokenAsync(default)).Reveal());
        setup.Clock.Advance(TimeSpan.FromSeconds(30));
        (await client.KeyValue().ReadAsync("tenants/acme/twilio")).Should().NotBeNull();
        setup.Vault.Audit.Select(static e => e.Path).Should().Equal(
            "auth/kubernetes/login", "secret/data/tenants/acme/twilio", "auth/token/lookup-self", "auth/kubernetes/login", "secret/data/tenants/acme/twilio");
    }

    [Fact]
    public async Task While_Vault_is_sealed_a_token_that_is_still_good_is_used_on()
    {
        var token = await TokenAsync();
        _setup.Vault.IsSealed = true;
        _setup.Clock.Advance(TimeSpan.FromMinutes(45));
        for (var i = 0; i < 5; i++)
        {
            (await TokenAsync()).Should().Be(token);
        }

        _setup.Renewals.Should().Be(1, "there is a pause after a failure");
        _log.Text.Should().Contain("Vault is sealed");
        _setup.Vault.IsSealed = false;
        _setup.Clock.Advance(TimeSpan.FromSeconds(1));
        (await TokenAsync()).Should().Be(token);
        (_setup.Renewals, _setup.Logins).Should().Be((2, 1));
    }

    [Fact]
    public async Task A_login_that_fails_is_not_tried_again_by_each_caller()
    {
        _setup.Vault.IsSealed = true;
        for (var i = 0; i < 5; i++)
        {
            await FailingAsync(VaultErrorKind.Sealed);
        }

        _setup.Logins.Should().Be(1);
        foreach (var seconds in (int[])[1, 2, 4, 8, 16, 30, 30])
        {
            var logins = _setup.Logins;
            _setup.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            await FailingAsync(VaultErrorKind.Sealed);
            _setup.Logins.Should().Be(logins);
            _setup.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await FailingAsync(VaultErrorKind.Sealed);
            _setup.Logins.Should().Be(logins + 1);
        }

        _setup.Vault.IsSealed = false;
        _setup.Clock.Advance(TimeSpan.FromSeconds(30));
        (await TokenAsync()).Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_rate_limit_is_kept_to()
    {
        _setup.Vault.RateLimitNext(retryAfter: "7");
        await FailingAsync(VaultErrorKind.RateLimited);
        _setup.Clock.Advance(TimeSpan.FromSeconds(6));
        await FailingAsync(VaultErrorKind.RateLimited);
        _setup.Clock.Advance(TimeSpan.FromSeconds(1));
        (await TokenAsync()).Should().NotBeEmpty();
        _setup.Logins.Should().Be(2);
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData(" \n", "is empty")]
    public async Task A_missing_service_accounts_token_is_named(string? content, string words)
    {
        File.Delete(_setup.TokenFile);
        if (content is not null)
        {
            await File.WriteAllTextAsync(_setup.TokenFile, content);
        }

        (await FailingAsync(VaultErrorKind.NoCredentials)).Message.Should().Contain(_setup.TokenFile).And.Contain(words);
        _setup.Logins.Should().Be(0);
    }

    [Fact]
    public async Task Kept_alive_a_token_is_renewed_while_nobody_asks()
    {
        using var stop = new CancellationTokenSource();
        var running = _client.Session!.KeepAliveAsync(stop.Token);
        for (var i = 1; i <= 5; i++)
        {
            await Eventually.BeTrueAsync(() => _setup.Renewals == i - 1 && _client.Session.DueAt > _setup.Clock.GetUtcNow() && _setup.Clock.PendingTimers == 1, Patience, () => $"renewal {i - 1}: {_log.Text}");
            _setup.Clock.Advance(TimeSpan.FromMinutes(45));
        }

        await Eventually.BeTrueAsync(() => _setup.Renewals == 5, Patience, "renewal 5");
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        _client.Session.IsLoggedIn.Should().BeTrue();
    }

    [Fact]
    public async Task Logging_out_ends_the_token()
    {
        var token = await TokenAsync();
        await _client.Session!.LogoutAsync(default);
        using var client = _setup.As(token);
        (await client.Awaiting(static c => c.Tokens.LookupSelfAsync()).Should().ThrowAsync<VaultException>()).Which.Kind.Should().Be(VaultErrorKind.Forbidden);
    }

    private async Task<string> TokenAsync() => (await _client.Session!.GetTokenAsync(default).AsTask().WaitAsync(Patience)).Reveal();

    private async Task<VaultException> FailingAsync(VaultErrorKind kind)
    {
        var error = (await this.Awaiting(static t => t.TokenAsync()).Should().ThrowAsync<VaultException>()).Which;
        error.Kind.Should().Be(kind);
        return error;
    }
}
