using System.Collections.Concurrent;
using System.Diagnostics;

namespace DotMac.Testing.Cluster;

/// <summary>
/// One thread that starts all servers. The kernel's "kill me when my parent dies" means the parent's thread, and a thread of the pool
/// dies whenever the pool finds it idle.
/// </summary>
public sealed class ProcessParent
{
    private readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> _orders = [];

    private ProcessParent() =>
        new Thread(Work) { IsBackground = true, Name = "parent of test servers" }.Start();

    public static ProcessParent Instance { get; } = new();

    public Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _orders.Add((start, started));
        return started.Task;
    }

    private void Work()
    {
        foreach (var (start, started) in _orders.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
#pragma warning disable CA1031 // Whoever ordered gets to know.
            catch (Exception e)
#pragma warning restore CA1031
            {
                started.SetException(e);
            }
        }
    }
}
