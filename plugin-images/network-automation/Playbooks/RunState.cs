namespace DotMac.Plugins.NetworkAutomation.Playbooks;

/// <summary>Where a run is.</summary>
public enum RunState
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>All tasks succeeded on all devices.</summary>
    Succeeded,

    /// <summary>A task failed, a device could not be reached, or Ansible could not read the playbook.</summary>
    Failed,

    /// <summary>It was broken off: its time was over, the caller went away, or the plugin stopped.</summary>
    Cancelled,
}
