using DotMac.Admin.Views;

namespace DotMac.Admin.Listing;

/// <summary>Which plugins are asked for.</summary>
internal sealed record ListQuery
{
    /// <summary>Only entries of this category.</summary>
    public string? Category { get; init; }

    /// <summary>Only what is installed for this tenant; entries that it has not installed are listed as such.</summary>
    public string? Tenant { get; init; }

    /// <summary>Only what is installed and in this state.</summary>
    public InstallationState? State { get; init; }

    /// <summary>Only entries of which nothing is installed.</summary>
    public bool NotInstalled { get; init; }

    /// <summary>Only entries, or installations, whose id, name, description or tenant holds this, whatever the case.</summary>
    public string? Search { get; init; }

    /// <summary>How many installations, and entries without one, a page holds.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Where the last page ended; null for the first one.</summary>
    public ListCursor? After { get; init; }
}
