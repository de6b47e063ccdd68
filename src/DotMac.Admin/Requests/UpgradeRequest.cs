using System.ComponentModel;

namespace DotMac.Admin.Requests;

/// <summary>To which version an installed plugin is to go.</summary>
internal sealed record UpgradeRequest
{
    [Description("The version. Default: the newest release of the catalog.")]
    public string? Version { get; init; }

    [Description("Whether only to check, with Kubernetes too, and to store nothing. Default: false.")]
    public bool? DryRun { get; init; }
}
