using DotMac.Plugins.NetworkAutomation.Playbooks;

namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>A run of a playbook as it is now.</summary>
/// <param name="RunId">Its id, for <c>ansible_status</c>.</param>
/// <param name="State">Where it is.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="ExitCode">Ansible's exit code, when it has ended by itself.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Recap">How many tasks ended how, by device; null before the end.</param>
/// <param name="Events">What happened.</param>
/// <param name="EventsTruncated">Whether more happened than is kept.</param>
public sealed record AnsibleAnswer(
    string RunId,
    RunState State,
    DateTimeOffset StartedAt,
    int? ExitCode,
    string? Error,
    IReadOnlyDictionary<string, DeviceRecap>? Recap,
    IReadOnlyList<AnsibleEvent> Events,
    bool EventsTruncated)
{
    internal static AnsibleAnswer Of(PlaybookRun run, RunSnapshot known) =>
        new(run.Id, known.State, run.StartedAt, known.ExitCode, known.Error, known.Recap, known.Events, known.Truncated);
}
