using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>What to run.</summary>
public sealed record SshExecRequest : DevicesRequest
{
    /// <summary>The command.</summary>
    [Required, StringLength(65_536, MinimumLength = 1), RegularExpression(@"[^\x00]*")]
    [Description("The command. The device's login shell gets it as one string, so what the caller puts into it must be quoted for that shell.")]
    public required string Command { get; init; }
}
