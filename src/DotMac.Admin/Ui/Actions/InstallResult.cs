using DotMac.Admin.Problems;
using DotMac.Kubernetes.Entities;

namespace DotMac.Admin.Ui.Actions;

/// <summary>What installing for a tenant has come to so far.</summary>
/// <param name="tenant">The tenant.</param>
public sealed class InstallResult(string tenant)
{
    /// <summary>The tenant.</summary>
    public string Tenant => tenant;

    /// <summary>Where it is installed; null until it is.</summary>
    public ObjectKey? Key { get; set; }

    /// <summary>By which it is told from another one that is installed there later.</summary>
    public string? Uid { get; set; }

    /// <summary>Why it could not be installed; null when it was, or was not tried yet.</summary>
    public Problem? Problem { get; set; }
}
