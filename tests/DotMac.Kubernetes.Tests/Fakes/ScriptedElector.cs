using DotMac.Kubernetes.LeaderElection;

namespace DotMac.Kubernetes.Tests.Fakes;

/// <summary>An election whose outcome the test decides.</summary>
internal sealed class ScriptedElector : ILeaderElector
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _elected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Identity => "me";

    public bool IsLeader => _elected.Task.IsCompleted && !_lost.Task.IsCompleted;

    public bool Released { get; private set; }

    /// <summary>Ends when it takes part.</summary>
    public Task Asked => _asked.Task;

    public void Elect() => _elected.SetResult();

    public void Lose() => _lost.SetResult();

    public void ThrowIfNotLeader()
    {
        if (!IsLeader)
        {
            throw new LeadershipLostException();
        }
    }

    public async Task RunAsync(Func<CancellationToken, CancellationToken, Task> lead, CancellationToken cancellationToken)
    {
        _asked.SetResult();
        await _elected.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_elected.Task.IsCompleted)
        {
            return;
        }

        using var lost = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lost.Token);
        var leading = lead(stop.Token, lost.Token);
        if (await Task.WhenAny(leading, _lost.Task) == _lost.Task)
        {
            await lost.CancelAsync();
            await leading;
            throw new LeadershipLostException();
        }

        Released = true;
        await leading;
    }
}
