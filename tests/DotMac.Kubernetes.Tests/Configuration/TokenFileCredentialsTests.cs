using DotMac.Kubernetes.Configuration;
using DotMac.Testing.Time;

namespace DotMac.Kubernetes.Tests.Configuration;

public sealed class TokenFileCredentialsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dotmac-token-");
    private readonly ManualTimeProvider _clock = new();
    private readonly string _path;
    private readonly TokenFileCredentials _credentials;

    public TokenFileCredentialsTests()
    {
        _path = Path.Combine(_directory.FullName, "token");
        _credentials = new TokenFileCredentials(_path, _clock);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_rotated_token_is_found_within_a_minute()
    {
        await File.WriteAllTextAsync(_path, "first\n");
        (await TokenAsync()).Should().Be("first");
        await File.WriteAllTextAsync(_path, "second\n");
        _clock.Advance(TimeSpan.FromSeconds(59));
        (await TokenAsync()).Should().Be("first");
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await TokenAsync()).Should().Be("second");
    }

    [Fact]
    public async Task A_rejected_token_is_read_again_at_once_and_only_if_it_is_the_newest()
    {
        await File.WriteAllTextAsync(_path, "first");
        var first = await _credentials.GetTokenAsync(CancellationToken.None);
        await File.WriteAllTextAsync(_path, "second");
        _credentials.Invalidate(first).Should().BeTrue();
        (await TokenAsync()).Should().Be("second");

        await File.WriteAllTextAsync(_path, "third");
        _credentials.Invalidate(first);
        (await TokenAsync()).Should().Be("second", "it was another token that was rejected");
    }

    [Fact]
    public async Task A_file_that_is_away_or_empty_for_a_moment_costs_nothing()
    {
        await File.WriteAllTextAsync(_path, "first");
        await TokenAsync();
        File.Delete(_path);
        _clock.Advance(TimeSpan.FromMinutes(2));
        (await TokenAsync()).Should().Be("first");
        await File.WriteAllTextAsync(_path, string.Empty);
        _clock.Advance(TimeSpan.FromMinutes(2));
        (await TokenAsync()).Should().Be("first");
    }

    [Fact]
    public async Task A_file_that_was_never_there_is_named_and_looked_for_each_time()
    {
        var token = TokenAsync;
        await token.Should().ThrowAsync<KubernetesConfigurationException>().WithMessage($"*{_path}*");
        await File.WriteAllTextAsync(_path, "late");
        (await TokenAsync()).Should().Be("late");
    }

    private async Task<string?> TokenAsync() => (await _credentials.GetTokenAsync(CancellationToken.None))?.Parameter;
}
