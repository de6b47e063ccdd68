using System.Diagnostics;
using System.Text;
using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Admin.IntegrationTests.Fixture;

/// <summary>The admin service as a process.</summary>
public sealed class AdminInstance(string kubeconfig, params string[] arguments) : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly StringBuilder _log = new();
    private readonly int _port = LoopbackPorts.Free(1)[0];
    private Process? _process;

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>What it wrote since the start.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Starts it and waits until its caches are filled.</summary>
    public async Task StartAsync()
    {
        // It must not outlive the tests, whatever ends them.
        var start = new ProcessStartInfo("setpriv")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--pdeathsig", "KILL", "--", "dotnet", Path.Combine(AppContext.BaseDirectory, "DotMac.Admin.dll"),
                "--kubeconfig", kubeconfig,
                "--bind-address", $"127.0.0.1:{_port}",
            },
        };
        start.Environment["DOTMAC_LOG_LEVEL"] = "Debug";
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = await ProcessParent.Instance.StartAsync(start);
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.BeTrueAsync(IsReadyAsync, TimeSpan.FromSeconds(60), () => $"the admin service is ready; its log:\n{Log}");
    }

    /// <summary>Ends it at once; it can be started again, at the same address.</summary>
    public async Task StopAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task<bool> IsReadyAsync()
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException($"the admin service ended with exit code {_process.ExitCode}:\n{Log}");
        }

        try
        {
            using var response = await Http.GetAsync(new Uri(Address, "readyz"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // Not there yet, or on a machine that is busy with other things.
            return false;
        }
    }

    private void Append(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }
}
