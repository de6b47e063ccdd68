using System.Diagnostics;
using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Bench.Processes;

/// <summary>The operator as it is published, with the environment of its image.</summary>
internal sealed class OperatorProgram : IAsyncDisposable
{
    /// <summary>By which the API server's audit log knows it.</summary>
    public const string UserAgent = "dotmac-operator";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly ProgramUnderTest _program;

    private OperatorProgram(ProgramUnderTest program, TimeSpan startup) => (_program, Startup) = (program, startup);

    /// <summary>From the start of the process until it said that it is ready.</summary>
    public TimeSpan Startup { get; }

    public int Pid => _program.Pid;

    public ProcessSample Sample => _program.Sample;

    public static async Task<OperatorProgram> StartAsync(string assembly, string kubeconfig, params string[] arguments)
    {
        var port = LoopbackPorts.Free(1)[0];
        var started = Stopwatch.GetTimestamp();
        var path = Path.GetFullPath(assembly);
        string[] command = path.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", path] : [path];
        var program = await ProgramUnderTest.StartAsync(
            command[0],
            [.. command[1..], "--kubeconfig", kubeconfig, "--metrics-bind-address", $"127.0.0.1:{port}", .. arguments],
            new Dictionary<string, string> { ["DOTNET_gcServer"] = "0", ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_GCgen0size"] = "0x200000", ["DOTMAC_LOG_LEVEL"] = "Information" },
            Path.GetDirectoryName(path));
        var ready = new Uri($"http://127.0.0.1:{port}/readyz");
        await Eventually.BeTrueAsync(
            async () =>
            {
                if (program.HasExited)
                {
                    throw new InvalidOperationException($"the operator ended:\n{program.Output}");
                }

                try
                {
                    using var response = await Http.GetAsync(ready);
                    return response.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(60),
            () => $"the operator is ready; it wrote:\n{program.Output}");
        return new OperatorProgram(program, Stopwatch.GetElapsedTime(started));
    }

    public Task SettleAsync() => _program.SettleAsync(TimeSpan.FromSeconds(30));

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
