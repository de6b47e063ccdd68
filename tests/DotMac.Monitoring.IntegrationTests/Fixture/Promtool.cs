using DotMac.Testing;

namespace DotMac.Monitoring.IntegrationTests.Fixture;

/// <summary>Prometheus' own tool.</summary>
internal static class Promtool
{
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    /// <summary>Installs it and Prometheus, if they are not there.</summary>
    public static Task EnsureInstalledAsync() => Installed.Value;

    /// <summary>Runs it; gives back what it said. It must not have found fault.</summary>
    public static async Task<string> CheckAsync(IEnumerable<string> arguments, string input = "")
    {
        await EnsureInstalledAsync();
        var (exitCode, output) = await Command.RunAsync("/usr/bin/promtool", arguments, input);
        exitCode.Should().Be(0, output);
        return output;
    }

    private static async Task InstallAsync()
    {
        var (exitCode, output) = await Command.RunAsync(Path.Combine(RepositoryRoot.Path, "tests", "monitoring", "prerequisites"), []);
        exitCode.Should().Be(0, output);
    }
}
