using System.Diagnostics;

namespace DotMac.Testing.Cluster;

/// <summary>A server of a control plane; it dies with the test process, whatever ends that.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(string name, string logPath, Process process) => (Name, LogPath, _process) = (name, logPath, process);

    public string Name { get; }

    public string LogPath { get; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines it wrote.</summary>
    public string LogTail
    {
        get
        {
            try
            {
                return string.Join('\n', File.ReadLines(LogPath).TakeLast(15));
            }
            catch (IOException e)
            {
                return e.Message;
            }
        }
    }

    public static async Task<ChildProcess> StartAsync(string name, string program, IEnumerable<string> arguments, string logPath)
    {
        // The shell only lays the output into a file; "exec" makes it the server itself, under the same process id.
        var start = new ProcessStartInfo("setpriv");
        string[] fixedPart = ["--pdeathsig", "KILL", "--", "sh", "-c", "exec \"$@\" >>\"$LOG\" 2>&1 </dev/null", "sh", program];
        foreach (var argument in (string[])[.. fixedPart, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LOG"] = logPath;

        // Variables meant for the programs under test are not meant for these.
        start.Environment.Remove("KUBECONFIG");
        return new ChildProcess(name, logPath, await ProcessParent.Instance.StartAsync(start));
    }

    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
