using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>A tenant whose plugins the caller may see.</summary>
public sealed record TenantSummary
{
    [Description("Its id.")]
    public required string TenantId { get; init; }

    [Description("Its namespace.")]
    public required string Namespace { get; init; }

    [Description("How many plugins are installed.")]
    public int Installed { get; init; }

    [Description("How many of them are in which state.")]
    public required IReadOnlyDictionary<string, int> States { get; init; }

    [Description("What it may have, as the annotations of its namespace say; absent where nothing is limited.")]
    public IReadOnlyDictionary<string, string>? Limits { get; init; }
}
