using System.Diagnostics;
using DotMac.Plugins.NetworkAutomation.Processes;

namespace DotMac.Plugins.NetworkAutomation.IntegrationTests.Lab;

/// <summary>A real daemon in the foreground. When it is disposed of, it and all that it started are gone.</summary>
internal sealed class Daemon : IDisposable
{
    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly Process _process;
    private readonly StringWriter _log = new();

    public Daemon(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(SystemTools.Find(program), arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        start.Environment[ProcessSweep.Variable] = _mark;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

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

    public bool HasEnded => _process.HasExited;

    public void Dispose()
    {
        ProcessSweep.Kill(_mark, _process.HasExited ? null : _process.Id);
        _process.WaitForExit();
        _process.Dispose();
        _log.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
        {
            _log.WriteLine(line.Data);
        }
    }
}
