using DotMac.Plugins.NetworkAutomation.Processes;
using Microsoft.Extensions.Logging;

namespace DotMac.Plugins.NetworkAutomation.Playbooks;

/// <summary>One run of a playbook: what happened so far, and what came of it.</summary>
internal sealed class PlaybookRun(string correlationId, TimeProvider timeProvider, ILogger logger)
{
    private const int MostEvents = 5000;
    private const int MostCharacters = 2 * 1024 * 1024;
    private const int LongestLine = 128 * 1024;

    private readonly Lock _lock = new();
    private readonly List<AnsibleEvent> _events = [];
    private int _characters;
    private bool _truncated;
    private bool _began;
    private RunState _state = RunState.Running;
    private int? _exitCode;
    private string? _error;
    private IReadOnlyDictionary<string, DeviceRecap>? _recap;

    /// <summary>Its id.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; } = timeProvider.GetUtcNow();

    /// <summary>What is known now.</summary>
    /// <param name="after">Only events with higher numbers.</param>
    public RunSnapshot Snapshot(int after)
    {
        lock (_lock)
        {
            return new RunSnapshot(_state, [.. _events.Where(happened => happened.Number > after)], _truncated, _exitCode, _error, _recap, _began);
        }
    }

    /// <summary>Runs the playbook. Never throws.</summary>
    /// <param name="order">What to run.</param>
    /// <param name="why">Says why it was broken off, if it was.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public async Task RunAsync(PlaybookOrder order, Func<string> why, CancellationToken cancellationToken)
    {
        logger.LogInformation("Ansible run {RunId} on {Count} devices begins ({CorrelationId})", Id, order.Devices.Count, correlationId);
        try
        {
            using var directory = new PrivateDirectory();
            var error = new BoundedText(ChildProcess.MaxBytes);
            int exitCode = await ChildProcess.RunAsync(AnsibleCommand.Prepare(directory, order), new LineSink(LongestLine, Take), error, cancellationToken);
            End(exitCode == 0 ? RunState.Succeeded : RunState.Failed, exitCode, exitCode == 0 ? null : AnsibleErrors.Say(exitCode, error.Text, directory.Path));
        }
        catch (OperationCanceledException)
        {
            End(RunState.Cancelled, null, why());
        }
#pragma warning disable CA1031 // Nobody may wait for this task: what goes wrong is told by the run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.LogError(exception, "Ansible run {RunId} could not be started ({CorrelationId})", Id, correlationId);
            End(RunState.Failed, null, exception is Sdk.Errors.PluginException ? exception.Message : "Ansible could not be started; the plugin's log says more.");
        }
    }

    private void Take(string line)
    {
        EventLine? read = EventLine.Parse(line);
        if (read?.Event is AnsibleEvent happened)
        {
            // Not what devices answered: that is the caller's, and may be long.
            logger.LogInformation(
                "Ansible run {RunId}: {Kind} {Task} {Device} {Status} ({CorrelationId})", Id, happened.Kind, happened.Play ?? happened.Task, happened.Device, happened.Status, correlationId);
        }

        lock (_lock)
        {
            _began |= read is not null;
            _recap = read?.Recap ?? _recap;
            if (read?.Event is AnsibleEvent one)
            {
                Keep(one);
            }
        }
    }

    private void Keep(AnsibleEvent happened)
    {
        int size = (happened.Message?.Length ?? 0) + (happened.Stdout?.Length ?? 0) + (happened.Stderr?.Length ?? 0) + (happened.Result?.GetRawText().Length ?? 0);
        if (_truncated || _events.Count == MostEvents || _characters + size > MostCharacters)
        {
            _truncated = true;
            return;
        }

        _characters += size;
        _events.Add(happened with { Number = _events.Count + 1 });
    }

    private void End(RunState state, int? exitCode, string? error)
    {
        lock (_lock)
        {
            (_state, _exitCode, _error) = (state, exitCode, error);
        }

        logger.LogInformation("Ansible run {RunId} ended: {State}. {Error} ({CorrelationId})", Id, state, error, correlationId);
    }
}
