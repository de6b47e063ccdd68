using DotMac.StandIns.VaultAgent;
using DotMac.StandIns.VaultAgent.Configuration;
using DotMac.Testing;
using DotMac.Testing.Logging;
using DotMac.Vault.Sessions;
using DotMac.Vault.Tests.Fakes;

namespace DotMac.Vault.Tests.Agent;

public sealed class VaultAgentTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TestLogger<VaultSession> _log = new();
    private readonly CancellationTokenSource _stop = new();
    private StandInSetup _setup = null!;
    private VaultAgent? _agent;

    private string Destination => Path.Combine(_setup.Folder, "secrets", "twilio");

    private string Sink => Path.Combine(_setup.Folder, "home", ".vault-token");

    public async Task InitializeAsync() => _setup = await StandInSetup.CreateAsync();

    public async Task DisposeAsync()
    {
        _stop.Dispose();
        await _setup.DisposeAsync();
    }

    [Fact]
    public async Task It_renders_and_leaves_when_told_to()
    {
        (await Agent(Configuration() with { ExitAfterAuth = true, PidFile = Path.Combine(_setup.Folder, "pid") }).RunAsync(_stop.Token).WaitAsync(Patience)).Should().Be(0);
        (await File.ReadAllTextAsync(Destination)).Should().Be("""{"account_sid":"AC1","auth_token":"t0p-s3cret"}""");
        File.GetUnixFileMode(Destination).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Directory.GetFiles(Path.GetDirectoryName(Destination)!).Should().Equal(Destination);
        using var client = _setup.As(await File.ReadAllTextAsync(Sink));
        (await client.Tokens.LookupSelfAsync()).Policies.Should().Contain("reader");
        File.Exists(Path.Combine(_setup.Folder, "pid")).Should().BeFalse();
        _log.Text.Should().Contain("Rendered").And.NotContain("t0p-s3cret").And.NotContain("hvs.");
    }

    [Fact]
    public async Task A_changed_secret_is_rendered_within_the_interval_and_an_unchanged_one_is_left_alone()
    {
        var running = Agent(Configuration()).RunAsync(_stop.Token);
        await SettledAsync();
        var written = File.GetLastWriteTimeUtc(Destination);
        _setup.Clock.Advance(TimeSpan.FromMinutes(5));
        await ReadsAsync(2);
        File.GetLastWriteTimeUtc(Destination).Should().Be(written);
        await _setup.Vault.WriteSecretAsync("tenants/acme/twilio", new Dictionary<string, string> { ["auth_token"] = "new" });
        _setup.Clock.Advance(TimeSpan.FromMinutes(5));
        await Eventually.BeTrueAsync(async () => await File.ReadAllTextAsync(Destination) == """{"auth_token":"new"}""", Patience, () => _log.Text);
        await _stop.CancelAsync();
        (await running.WaitAsync(Patience)).Should().Be(0, "it was told to stop");
    }

    [Fact]
    public async Task While_Vault_is_down_it_waits_and_once_it_is_up_it_renders()
    {
        _setup.Vault.IsSealed = true;
        var running = Agent(Configuration()).RunAsync(_stop.Token);
        for (var i = 1; i <= 6; i++)
        {
            await Eventually.BeTrueAsync(() => _setup.Logins == i && IsWaiting(), Patience, () => $"login {i}: {_log.Text}");
            running.IsCompleted.Should().BeFalse();
            _setup.Clock.Advance(TimeSpan.FromSeconds(Math.Min(30, 1 << (i - 1))));
        }

        await Eventually.BeTrueAsync(() => _setup.Logins == 7 && IsWaiting(), Patience, () => _log.Text);
        File.Exists(Destination).Should().BeFalse();
        _setup.Vault.IsSealed = false;
        _setup.Clock.Advance(TimeSpan.FromSeconds(30));
        await Eventually.BeTrueAsync(() => File.Exists(Destination), Patience, () => _log.Text);
        await _stop.CancelAsync();
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_secret_that_is_not_there_is_waited_for_or_given_up()
    {
        var configuration = Configuration("tenants/acme/later");
        var running = Agent(configuration).RunAsync(_stop.Token);
        await ReadsAsync(1, "tenants/acme/later");
        await _setup.Vault.WriteSecretAsync("tenants/acme/later", new Dictionary<string, string> { ["a"] = "b" });
        _setup.Clock.Advance(TimeSpan.FromMilliseconds(250));
        await Eventually.BeTrueAsync(() => File.Exists(Destination), Patience, () => _log.Text);
        await _stop.CancelAsync();
        await running.WaitAsync(Patience);

        var giving = Agent(Configuration("tenants/acme/never") with { ExitOnRetryFailure = true }).RunAsync(default);
        for (var i = 1; i < 12; i++)
        {
            await ReadsAsync(i, "tenants/acme/never");
            _setup.Clock.Advance(TimeSpan.FromMilliseconds(Math.Min(60_000, 250 * (1 << (i - 1)))));
        }

        (await giving.WaitAsync(Patience)).Should().Be(1);
        _log.Text.Should().Contain("no secret exists at secret/data/tenants/acme/never");
    }

    [Fact]
    public async Task A_new_login_brings_a_new_token_to_the_sink()
    {
        await _setup.WriteRoleAsync(ttl: 600, maxTtl: 600);
        var running = Agent(Configuration()).RunAsync(_stop.Token);
        await SettledAsync();
        var first = await File.ReadAllTextAsync(Sink);
        _setup.Clock.Advance(TimeSpan.FromMinutes(5));
        await ReadsAsync(2);
        _setup.Clock.Advance(TimeSpan.FromMinutes(4));
        await Eventually.BeTrueAsync(() => _setup.Renewals == 1 && IsWaiting(), Patience, () => _log.Text);
        _setup.Clock.Advance(TimeSpan.FromMinutes(4));
        await Eventually.BeTrueAsync(async () => await File.ReadAllTextAsync(Sink) != first, Patience, () => _log.Text);
        await _stop.CancelAsync();
        await running.WaitAsync(Patience);
    }

    private AgentConfiguration Configuration(string path = "tenants/acme/twilio") => new()
    {
        Vault = _setup.Options,
        Login = new KubernetesLoginOptions { Role = "operator", TokenFile = _setup.TokenFile },
        Sinks = [new FileSink(Sink, UnixFileMode.UserRead | UnixFileMode.UserWrite)],
        Templates =
        [
            new TemplateConfiguration
            {
                Destination = Destination,
                Contents = $$$"""{{- with secret "secret/data/{{{path}}}" -}}{{ .Data.data | toJSON }}{{- end -}}""",
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead,
            },
        ],
    };

    private VaultAgent Agent(AgentConfiguration configuration) => _agent = new VaultAgent(configuration, _setup.Clock, _log);

    private Task SettledAsync() => Eventually.BeTrueAsync(() => File.Exists(Destination) && File.Exists(Sink) && IsWaiting(), Patience, () => _log.Text);

    private Task ReadsAsync(int count, string path = "tenants/acme/twilio") =>
        Eventually.BeTrueAsync(() => _setup.Vault.Audit.Count(e => e.Path == $"secret/data/{path}") == count && IsWaiting(), Patience, () => $"{count} reads: {_log.Text}");

    private bool IsWaiting() => _agent!.IsResting;
}
