using System.Text.Json;
using DotMac.Plugins.NetworkAutomation.Devices;

namespace DotMac.Plugins.NetworkAutomation.Playbooks;

/// <summary>A playbook to run, everything looked up.</summary>
/// <param name="Playbook">The playbook's text.</param>
/// <param name="Devices">The devices; all speak SSH.</param>
/// <param name="ExtraVariables">The call's variables.</param>
/// <param name="Tags">The tags to run; none: all.</param>
/// <param name="Check">Whether to change nothing and say what would be changed.</param>
/// <param name="Forks">How many devices at a time.</param>
internal sealed record PlaybookOrder(
    string Playbook,
    IReadOnlyList<Device> Devices,
    IReadOnlyDictionary<string, JsonElement> ExtraVariables,
    IReadOnlyList<string> Tags,
    bool Check,
    int Forks)
{
    /// <summary>A placeholder: variables may be secret.</summary>
    public override string ToString() => nameof(PlaybookOrder);
}
