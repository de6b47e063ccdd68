using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.NetworkAutomation.Playbooks;

/// <summary>Starts runs, keeps the last ones, and ends them all when the plugin stops.</summary>
#pragma warning disable CA1001 // A source without a timer holds nothing to give back, and a plugin can be activated again after it stopped.
internal sealed class RunStore
#pragma warning restore CA1001
{
    private const int MostKept = 20;

    private readonly Lock _lock = new();
    private readonly List<(PlaybookRun Run, Task Done)> _runs = [];
    private CancellationTokenSource _stop = new();

    /// <summary>Starts a run. The task ends when the run does.</summary>
    /// <param name="maxRuns">How many may run at a time.</param>
    /// <param name="run">The run.</param>
    /// <param name="start">Starts it; the token fires when the plugin stops.</param>
    /// <exception cref="VendorRateLimitException">As many run as may.</exception>
    public Task Start(int maxRuns, PlaybookRun run, Func<CancellationToken, Task> start)
    {
        lock (_lock)
        {
            if (_runs.Count(known => !known.Done.IsCompleted) >= maxRuns)
            {
                throw new VendorRateLimitException(
                    $"{maxRuns} playbooks run already, and no more may (maxRuns of the config). Try again when one has ended.", TimeSpan.FromSeconds(10));
            }

            CancellationToken stop = _stop.Token;
            var done = Task.Run(() => start(stop), CancellationToken.None);
            _runs.Add((run, done));

            // The oldest first; one that still runs stays.
            while (_runs.Count > MostKept && _runs.FindIndex(known => known.Done.IsCompleted) is int oldest and >= 0)
            {
                _runs.RemoveAt(oldest);
            }

            return done;
        }
    }

    /// <summary>Finds a run.</summary>
    /// <exception cref="ResourceNotFoundException">There is none of this id.</exception>
    public PlaybookRun Find(string id)
    {
        lock (_lock)
        {
            return _runs.FirstOrDefault(known => known.Run.Id == id).Run
                ?? throw new ResourceNotFoundException($"There is no run of this id. The last {MostKept} are kept, in memory, until the plugin is restarted.");
        }
    }

    /// <summary>Ends all runs, and waits until nothing of them is left.</summary>
    public async Task StopAsync()
    {
        Task[] running;
        CancellationTokenSource stop;
        lock (_lock)
        {
            running = [.. _runs.Select(known => known.Done)];
            stop = _stop;

            // A plugin that is activated again starts anew.
            _stop = new CancellationTokenSource();
        }

        await stop.CancelAsync();
        await Task.WhenAll(running);
        stop.Dispose();
    }
}
