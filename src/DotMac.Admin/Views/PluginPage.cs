using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>One page of the catalog.</summary>
public sealed record PluginPage(
    [property: Description("Entries in the order of their ids.")] IReadOnlyList<PluginEntry> Plugins,
    [property: Description("What to pass as cursor for the next page; absent on the last one.")] string? NextCursor);
