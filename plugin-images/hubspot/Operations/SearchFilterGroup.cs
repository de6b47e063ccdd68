using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>Filters that must all fit.</summary>
/// <param name="Filters">The filters.</param>
public sealed record SearchFilterGroup(
    [MinLength(1), MaxLength(6), Description("The filters, all of which must fit.")] IReadOnlyList<SearchFilter> Filters);
