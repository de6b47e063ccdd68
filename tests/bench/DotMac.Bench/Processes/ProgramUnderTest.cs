using System.Diagnostics;
using System.Text;
using DotMac.Testing.Cluster;

namespace DotMac.Bench.Processes;

/// <summary>A program that is measured from outside; it dies with this process, whatever ends that.</summary>
internal sealed class ProgramUnderTest : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ProgramUnderTest(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    public ProcessSample Sample => ProcessSample.Of(Pid);

    /// <summary>What it has written.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static async Task<ProgramUnderTest> StartAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string? directory = null)
    {
        // setpriv becomes the program itself, under the same process id.
        var start = new ProcessStartInfo("setpriv") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        foreach (var argument in (string[])["--pdeathsig", "KILL", "--", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ProgramUnderTest(await ProcessParent.Instance.StartAsync(start));
    }

    /// <summary>Waits until it ends by itself.</summary>
    /// <exception cref="InvalidOperationException">It ended with an error.</exception>
    public async Task<string> FinishAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode == 0
            ? Output
            : throw new InvalidOperationException($"{_process.StartInfo.ArgumentList[3]} ended with exit code {_process.ExitCode}:\n{Output}");
    }

    /// <summary>Waits until it uses next to no processor time: two seconds with less than two ticks in each.</summary>
    public async Task SettleAsync(TimeSpan timeout)
    {
        var quiet = 0;
        var before = Sample.CpuSeconds;
        for (var waited = Stopwatch.StartNew(); quiet < 2 && waited.Elapsed < timeout;)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            var after = Sample.CpuSeconds;
            quiet = after - before < 0.02 ? quiet + 1 : 0;
            before = after;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Append(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }
}
