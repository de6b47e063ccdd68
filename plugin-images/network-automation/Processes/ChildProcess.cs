using System.Diagnostics;
using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.NetworkAutomation.Processes;

/// <summary>Runs programs. However a run ends, nothing that it started outlives it.</summary>
internal static class ChildProcess
{
    /// <summary>How much of each stream is kept when nobody says otherwise.</summary>
    public const int MaxBytes = 256 * 1024;

    // What was written last is still in the pipe when a process has ended; a grandchild that holds the pipe open is not waited for.
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs a program and keeps what it writes.</summary>
    /// <exception cref="VendorUnavailableException">It is not installed.</exception>
    /// <exception cref="OperationCanceledException">The token fired; all is dead.</exception>
    public static async Task<ChildResult> RunAsync(ChildCommand command, CancellationToken cancellationToken)
    {
        var output = new BoundedText(MaxBytes);
        var error = new BoundedText(MaxBytes);
        int exitCode = await RunAsync(command, output, error, cancellationToken);
        return new ChildResult(exitCode, output, error);
    }

    /// <summary>Runs a program and passes on what it writes, as it comes.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="VendorUnavailableException">It is not installed.</exception>
    /// <exception cref="OperationCanceledException">The token fired; all is dead.</exception>
    public static async Task<int> RunAsync(ChildCommand command, IOutputSink output, IOutputSink error, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string mark = Guid.NewGuid().ToString("N");
        using var process = new Process { StartInfo = StartInfo(command, mark) };
        process.Start();
        Task streams = Task.WhenAll(
            WriteAsync(process.StandardInput.BaseStream, command.Input),
            ReadAsync(process.StandardOutput.BaseStream, output),
            ReadAsync(process.StandardError.BaseStream, error));
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            await Task.WhenAny(streams, Task.Delay(DrainTime, cancellationToken));
        }
        finally
        {
            ProcessSweep.Kill(mark, process.HasExited ? null : process.Id);
            await process.WaitForExitAsync(CancellationToken.None);
            await streams;
        }

        return process.ExitCode;
    }

    private static ProcessStartInfo StartInfo(ChildCommand command, string mark)
    {
        var start = new ProcessStartInfo(SystemTools.Find(command.Program), command.Arguments)
        {
            WorkingDirectory = command.Directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Ours holds what is nobody else's business.
        start.Environment.Clear();
        start.Environment["PATH"] = SystemTools.Path;
        start.Environment["HOME"] = command.Directory;
        start.Environment["TMPDIR"] = command.Directory;
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach ((string name, string value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment[ProcessSweep.Variable] = mark;
        return start;
    }

    private static async Task WriteAsync(Stream input, byte[] bytes)
    {
        try
        {
            await using (input)
            {
                await input.WriteAsync(bytes);
            }
        }
        catch (IOException)
        {
            // It ended without reading all.
        }
    }

    private static async Task ReadAsync(Stream stream, IOutputSink sink)
    {
        byte[] buffer = new byte[16 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer)) > 0)
        {
            sink.Write(buffer.AsSpan(0, count));
        }

        sink.End();
    }
}
