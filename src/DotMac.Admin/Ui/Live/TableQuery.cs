using DotMac.Admin.Views;

namespace DotMac.Admin.Ui.Live;

/// <summary>What the list of installed plugins shows.</summary>
public sealed record TableQuery
{
    /// <summary>Only of this tenant; null for all.</summary>
    public string? Tenant { get; init; }

    /// <summary>Only in this state; null for all.</summary>
    public InstallationState? State { get; init; }

    /// <summary>Only in this health, as the API writes it; null for all.</summary>
    public string? Health { get; init; }

    /// <summary>Only what holds this in its name, its entry's name or its tenant; null for all.</summary>
    public string? Search { get; init; }
}
