namespace DotMac.Cli.IntegrationTests.Fixture;

/// <summary>What a command came to.</summary>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Out">What it printed.</param>
/// <param name="Error">What it said beside it.</param>
public sealed record CliAnswer(int ExitCode, string Out, string Error)
{
    /// <summary>The lines that it printed.</summary>
    public IReadOnlyList<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Fails unless it ended so; gives it back.</summary>
    public CliAnswer Expect(int exitCode)
    {
        ExitCode.Should().Be(exitCode, $"{Out}{Error}");
        return this;
    }
}
