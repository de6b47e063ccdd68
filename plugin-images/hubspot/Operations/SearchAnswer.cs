namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>A page of what was found.</summary>
/// <param name="Total">How many were found over all pages.</param>
/// <param name="Objects">Those of this page.</param>
/// <param name="After">Where the next page begins; null: this is the last.</param>
public sealed record SearchAnswer(long Total, IReadOnlyList<CrmObject> Objects, string? After);
