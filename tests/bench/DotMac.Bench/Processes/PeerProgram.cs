using System.Globalization;
using DotMac.Testing;

namespace DotMac.Bench.Processes;

/// <summary>The yardstick: a client-go operator, and a load that drives either operator.</summary>
internal sealed class PeerProgram(string binary)
{
    /// <summary>Starts the client-go operator and waits until its caches are filled.</summary>
    public async Task<ProgramUnderTest> StartOperatorAsync(string kubeconfig)
    {
        var program = await ProgramUnderTest.StartAsync(binary, ["operator", "-kubeconfig", kubeconfig], new Dictionary<string, string>());
        await Eventually.BeTrueAsync(
            () => program.HasExited
                ? throw new InvalidOperationException($"the client-go operator ended:\n{program.Output}")
                : program.Output.Contains("ready", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60),
            () => $"the client-go operator is ready; it wrote:\n{program.Output}");
        return program;
    }

    /// <summary>Drives an operator; gives back what the load printed, by name.</summary>
    public Task<IReadOnlyDictionary<string, double>> LoadAsync(string kubeconfig, int count, int pid, TimeSpan idle) => RunAsync(
        ["load", "-kubeconfig", kubeconfig, "-n", Text(count), "-pid", Text(pid), "-idle", $"{idle.TotalSeconds:0}s"]);

    /// <summary>The peer's own writes with no operator.</summary>
    public Task<IReadOnlyDictionary<string, double>> BareAsync(string kubeconfig, int count) =>
        RunAsync(["bare", "-kubeconfig", kubeconfig, "-n", Text(count)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<IReadOnlyDictionary<string, double>> RunAsync(string[] arguments)
    {
        await using var program = await ProgramUnderTest.StartAsync(binary, arguments, new Dictionary<string, string>());
        return (await program.FinishAsync())
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(static word => word.Contains('=', StringComparison.Ordinal))
            .Select(static word => word.Split('='))
            .DistinctBy(static pair => pair[0])
            .ToDictionary(static pair => pair[0], static pair => double.Parse(pair[1], CultureInfo.InvariantCulture));
    }
}
