using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>A version or config that is being tried, or was taken back.</summary>
public sealed record RolloutView(
    [property: Description("trying or taken_back.")] string State,
    [property: Description("The revision.")] string? Revision,
    [property: Description("The version that was taken back, or the one that ran before the one that is tried.")] string? Version,
    [property: Description("Since when it is tried, or when it was taken back.")] DateTimeOffset? At,
    [property: Description("Why it was taken back.")] string? Message);
