namespace DotMac.Plugins.NetworkAutomation.Playbooks;

/// <summary>What is known of a run at a moment.</summary>
/// <param name="State">Where it is.</param>
/// <param name="Events">What happened.</param>
/// <param name="Truncated">Whether more happened than is kept.</param>
/// <param name="ExitCode">Ansible's exit code; null while it runs and when it was broken off.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Recap">The recap; null before the end.</param>
/// <param name="Began">Whether Ansible got as far as the first play.</param>
internal sealed record RunSnapshot(
    RunState State,
    IReadOnlyList<AnsibleEvent> Events,
    bool Truncated,
    int? ExitCode,
    string? Error,
    IReadOnlyDictionary<string, DeviceRecap>? Recap,
    bool Began);
