using DotMac.Kubernetes.LeaderElection;
using DotMac.Kubernetes.Tests.Fakes;
using DotMac.Testing.Logging;
using DotMac.Testing.Time;

namespace DotMac.Kubernetes.Tests.LeaderElection;

/// <summary>An elector that takes part, and the work that it would do.</summary>
internal sealed class Candidate : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Candidate(LeaseServer server, ManualTimeProvider clock, string identity)
    {
        Connection = server.Connect();
        Options = new LeaderElectionOptions { LeaseName = "lease", Namespace = "ns", Identity = identity, Jitter = 1 };
        Log = new TestLogger<LeaderElector>();
        Elector = new LeaderElector(Connection, Options, Log, clock);
    }

    public LeaseConnection Connection { get; }

    public LeaderElectionOptions Options { get; }

    public TestLogger<LeaderElector> Log { get; }

    public LeaderElector Elector { get; }

    /// <summary>Ends when the work may end after it was told to stop.</summary>
    public TaskCompletionSource Drained { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CancellationToken Stopping { get; private set; }

    public CancellationToken Lost { get; private set; }

    public Task Running { get; private set; } = Task.CompletedTask;

    public Candidate Start()
    {
        Running = Elector.RunAsync(LeadAsync, _stop.Token);
        return this;
    }

    public Task LeadsAsync() => _started.Task.WaitAsync(Patience);

    public Task StopAsync() => _stop.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        Drained.TrySetResult();
        await _stop.CancelAsync();
        await Running.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task LeadAsync(CancellationToken stopping, CancellationToken lost)
    {
        (Stopping, Lost) = (stopping, lost);
        _started.TrySetResult();
        await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!lost.IsCancellationRequested)
        {
            await Drained.Task.WaitAsync(lost).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
