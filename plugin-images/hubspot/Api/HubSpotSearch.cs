using DotMac.Plugins.HubSpot.Operations;

namespace DotMac.Plugins.HubSpot.Api;

/// <summary>The body of a search.</summary>
internal sealed record HubSpotSearch(
    IReadOnlyList<SearchFilterGroup>? FilterGroups, IReadOnlyList<SearchSort>? Sorts, string? Query, IReadOnlyList<string>? Properties, int Limit, string? After);
