using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>Which run.</summary>
public sealed record AnsibleStatusRequest
{
    /// <summary>The run's id.</summary>
    [Required, RegularExpression(NetworkForms.RunId), Description("The run's id, as ansible_run answered it.")]
    public required string RunId { get; init; }

    /// <summary>Only events after this one.</summary>
    [Range(0, int.MaxValue), Description("Only events with higher numbers than this.")]
    public int After { get; init; }
}
