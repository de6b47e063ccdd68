using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>What to search for. The limits are HubSpot's (https://developers.hubspot.com/docs/api-reference/search/guide).</summary>
/// <param name="ObjectType">Of which kind.</param>
/// <param name="FilterGroups">An object is found if all filters of any one group fit; null: all are found.</param>
/// <param name="Sorts">In which order; HubSpot takes one rule.</param>
/// <param name="Query">Text to look for in the usual properties.</param>
/// <param name="Properties">The properties to answer; null: HubSpot's few usual ones.</param>
/// <param name="Limit">How many on a page.</param>
/// <param name="After">Where the page begins: <c>after</c> of the page before.</param>
public sealed record SearchObjectsRequest(
    [Description("Of which kind.")] CrmObjectType ObjectType,
    [MaxLength(5), Description("An object is found if all filters of any one group fit.")] IReadOnlyList<SearchFilterGroup>? FilterGroups = null,
    [MaxLength(1), Description("In which order; HubSpot takes one rule.")] IReadOnlyList<SearchSort>? Sorts = null,
    [StringLength(3000, MinimumLength = 1), Description("Text to look for in the usual properties.")] string? Query = null,
    [MaxLength(200), Description("The properties to answer, by internal name; left out: HubSpot's few usual ones.")] IReadOnlyList<string>? Properties = null,
    [Range(1, 200), Description("How many on a page.")] int Limit = 10,
    [RegularExpression("[0-9]{1,5}"), Description("Where the page begins: after of the page before.")] string? After = null)
    : IValidatableObject
{
    private const int MaxFilters = 18;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FilterGroups?.Sum(static group => group.Filters.Count) > MaxFilters)
        {
            yield return new ValidationResult($"HubSpot takes at most {MaxFilters} filters over all groups.", [nameof(FilterGroups)]);
        }
    }
}
