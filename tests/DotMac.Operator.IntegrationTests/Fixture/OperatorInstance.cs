using System.Diagnostics;
using System.Globalization;
using System.Text;
using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>The operator as a process.</summary>
public sealed class OperatorInstance(string kubeconfig, params string[] arguments)
{
    public const string UserAgent = "dotmac-operator";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly StringBuilder _log = new();
    private Process? _process;
    private int _port;

    /// <summary>What it wrote since the first start.</summary>
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

    /// <summary>Where it serves health and metrics, once it has started.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>Starts it and waits until its caches are filled.</summary>
    public async Task StartAsync()
    {
        _port = LoopbackPorts.Free(1)[0];

        // It must not outlive the tests, whatever ends them.
        var start = new ProcessStartInfo("setpriv")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--pdeathsig", "KILL", "--", "dotnet", Path.Combine(AppContext.BaseDirectory, "DotMac.Operator.dll"),
                "--kubeconfig", kubeconfig,
                "--metrics-bind-address", $"127.0.0.1:{_port}",
            },
        };
        // Operators beside one another cannot all have its usual port.
        if (!arguments.Any(static a => a.StartsWith("--webhook", StringComparison.Ordinal)))
        {
            start.ArgumentList.Add("--webhook=false");
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = await ProcessParent.Instance.StartAsync(start);
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.BeTrueAsync(IsReadyAsync, TimeSpan.FromSeconds(60), () => $"the operator is ready; its log:\n{Log}");
    }

    /// <summary>SIGKILL: no time for a last word.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync();
        }
    }

    /// <summary>Sends a signal, <c>TERM</c>, <c>STOP</c> or <c>CONT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        kill.ExitCode.Should().Be(0);
    }

    /// <summary>Waits until it ends; gives back its exit code.</summary>
    public async Task<int> ExitCodeAsync(TimeSpan timeout)
    {
        await _process!.WaitForExitAsync().WaitAsync(timeout);
        return _process.ExitCode;
    }

    /// <summary>How many reconciles of TenantPlugins have ended.</summary>
    public Task<double> ReconcilesAsync() => MetricAsync("controller_runtime_reconcile_total{controller=\"tenantplugin\"");

    /// <summary>The sum of all series that begin like this.</summary>
    public async Task<double> MetricAsync(string prefix)
    {
        var text = await Http.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/metrics"));
        return text.Split('\n')
            .Where(line => line.StartsWith(prefix, StringComparison.Ordinal))
            .Sum(static line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException($"the operator ended with exit code {_process.ExitCode}:\n{Log}");
        }

        try
        {
            using var response = await Http.GetAsync(new Uri($"http://127.0.0.1:{_port}/readyz"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
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
