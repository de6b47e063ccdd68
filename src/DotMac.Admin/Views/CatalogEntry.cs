using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>An entry of the catalog with all that is needed to install it.</summary>
public sealed record CatalogEntry
{
    [Description("The entry's id.")]
    public required string PluginId { get; init; }

    [Description("Its name for people.")]
    public required string Name { get; init; }

    [Description("communication, billing, network-automation, crm or custom.")]
    public string? Category { get; init; }

    [Description("What it does.")]
    public string? Description { get; init; }

    [Description("Who made it.")]
    public string? Author { get; init; }

    [Description("The version that is installed unless one is named.")]
    public string? DefaultVersion { get; init; }

    [Description("Its versions.")]
    public required IReadOnlyList<CatalogVersion> Versions { get; init; }
}
