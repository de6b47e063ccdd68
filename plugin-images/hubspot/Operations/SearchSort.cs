using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>An order.</summary>
/// <param name="PropertyName">By which property.</param>
/// <param name="Direction"><c>ASCENDING</c> or <c>DESCENDING</c>.</param>
public sealed record SearchSort(
    [Required, RegularExpression(ObjectRules.PropertyName), Description("By which property.")] string PropertyName,
    [RegularExpression("ASCENDING|DESCENDING"), Description("ASCENDING or DESCENDING.")] string Direction = "ASCENDING");
