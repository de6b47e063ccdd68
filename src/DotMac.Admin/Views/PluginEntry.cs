using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>An entry of the catalog, with what is installed of it.</summary>
public sealed record PluginEntry
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
    public required IReadOnlyList<string> Versions { get; init; }

    [Description("Whether the catalog has it. What was installed of an entry that was taken away is still listed.")]
    public bool Available { get; init; }

    [Description("What is installed of it, by tenant; those that did not fit on this page follow on the next, under the same entry.")]
    public required IReadOnlyList<Installation> Installations { get; init; }
}
