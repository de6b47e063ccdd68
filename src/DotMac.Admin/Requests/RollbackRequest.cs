using System.ComponentModel;

namespace DotMac.Admin.Requests;

/// <summary>To which revision an installed plugin is to go back.</summary>
internal sealed record RollbackRequest
{
    [Description("Its number, as revisions lists it. Default: the last good one, or the one before it where that runs.")]
    public long? Revision { get; init; }

    [Description("Whether only to check, with Kubernetes too, and to store nothing. Default: false.")]
    public bool? DryRun { get; init; }
}
