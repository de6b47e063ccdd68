using System.Text;
using DotMac.Operator.Callers;
using DotMac.Operator.Tests.Support;
using DotMac.Testing;
using DotMac.Testing.Logging;
using DotMac.Testing.Time;
using Microsoft.Extensions.Logging;

namespace DotMac.Operator.Tests.Callers;

public sealed class ClusterKeySourceTests : IAsyncDisposable
{
    private const string Configuration = ".well-known/openid-configuration";
    private const string KeySet = "openid/v1/jwks";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeClient _client = new();
    private readonly TestLogger<ClusterKeySource> _log = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly ClusterKeySource _source;

    public ClusterKeySourceTests() => _source = new ClusterKeySource(_client, _log, _clock);

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task The_issuer_and_the_keys_are_taken_as_the_server_serves_them()
    {
        Serve("https://issuer", "one");
        (await _source.RefreshAsync(default)).Should().BeTrue();
        _source.Current!.Issuer.Should().Be("https://issuer");
        _source.Current.Jwks.GetRawText().Should().Be("""{"keys":[{"kid":"one"}]}""");
    }

    [Fact]
    public async Task The_same_keys_are_no_news_and_other_ones_or_another_issuer_are()
    {
        Serve("https://issuer", "one");
        await _source.RefreshAsync(default);
        (await _source.RefreshAsync(default)).Should().BeFalse();
        Serve("https://issuer", "two");
        (await _source.RefreshAsync(default)).Should().BeTrue();
        Serve("https://other", "two");
        (await _source.RefreshAsync(default)).Should().BeTrue();
    }

    [Fact]
    public async Task Without_an_answer_there_are_no_keys_and_the_log_says_what_to_grant_once()
    {
        (await _source.RefreshAsync(default)).Should().BeFalse();
        (await _source.RefreshAsync(default)).Should().BeFalse();
        _source.Current.Should().BeNull();
        _log.Entries.Should().ContainSingle().Which.Message.Should().Contain("system:service-account-issuer-discovery");
    }

    [Fact]
    public async Task Keys_that_are_known_stay_while_the_server_does_not_answer()
    {
        Serve("https://issuer", "one");
        await _source.RefreshAsync(default);
        _client.Raw.Clear();
        (await _source.RefreshAsync(default)).Should().BeFalse();
        _source.Current.Should().NotBeNull("plugins go on knowing their callers");
    }

    [Fact]
    public async Task Each_outage_is_told_once()
    {
        Serve("https://issuer", "one");
        await _source.RefreshAsync(default);
        for (var outage = 0; outage < 2; outage++)
        {
            _client.Raw.Clear();
            await _source.RefreshAsync(default);
            await _source.RefreshAsync(default);
            Serve("https://issuer", "one");
            await _source.RefreshAsync(default);
        }

        _log.Entries.Where(static e => e.Level == LogLevel.Warning).Should().HaveCount(2);
    }

    [Theory]
    [InlineData("not JSON", "{}")]
    [InlineData("{}", "{}")]
    [InlineData("[]", "{}")]
    [InlineData("""{"issuer":null}""", "{}")]
    [InlineData("""{"issuer":1}""", "{}")]
    [InlineData("""{"issuer":"x"}""", "<html>")]
    public async Task An_answer_that_is_none_is_refused(string configuration, string keys)
    {
        _client.Raw[Configuration] = () => Encoding.UTF8.GetBytes(configuration);
        _client.Raw[KeySet] = () => Encoding.UTF8.GetBytes(keys);
        (await _source.RefreshAsync(default)).Should().BeFalse();
        _source.Current.Should().BeNull();
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_does_not_end_the_asking()
    {
        Exception[] troubles = [new TimeoutException("slow"), new IOException("reset"), new HttpRequestException("refused")];
        foreach (var trouble in troubles)
        {
            _client.Raw[Configuration] = () => throw trouble;
            (await _source.RefreshAsync(default)).Should().BeFalse();
        }
    }

    [Fact]
    public async Task It_asks_again_soon_after_a_failure_and_seldom_after_a_success()
    {
        using var stop = new CancellationTokenSource();
        var told = 0;
        var running = _source.RunAsync(() => Interlocked.Increment(ref told), stop.Token);
        await AdvanceAsync(TimeSpan.FromSeconds(15));
        Serve("https://issuer", "one");
        await AdvanceAsync(TimeSpan.FromSeconds(15));
        await Eventually.BeTrueAsync(() => Volatile.Read(ref told) == 1, Patience, "the first keys are told");
        Serve("https://issuer", "two");
        await AdvanceAsync(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Volatile.Read(ref told).Should().Be(1);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        await Eventually.BeTrueAsync(() => Volatile.Read(ref told) == 2, Patience, "rotated keys are told");
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
    }

    private async Task AdvanceAsync(TimeSpan by)
    {
        await Eventually.BeTrueAsync(() => _clock.PendingTimers > 0, Patience, "it waits");
        _clock.Advance(by);
    }

    private void Serve(string issuer, string kid)
    {
        _client.Raw[Configuration] = () => Encoding.UTF8.GetBytes($$"""{"issuer":"{{issuer}}","jwks_uri":"ignored"}""");
        _client.Raw[KeySet] = () => Encoding.UTF8.GetBytes($$"""{"keys":[{"kid":"{{kid}}"}]}""");
    }
}
