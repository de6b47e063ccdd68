using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>What to change, in one go.</summary>
/// <param name="ObjectType">Of which kind.</param>
/// <param name="Inputs">The objects.</param>
/// <param name="IdProperty">The unique property that the ids are values of; null: HubSpot's numbers.</param>
public sealed record BatchUpdateRequest(
    [Description("Of which kind.")] CrmObjectType ObjectType,
    [MinLength(1), MaxLength(ObjectRules.BatchSize), Description("The objects.")] IReadOnlyList<BatchInput> Inputs,
    [RegularExpression(ObjectRules.PropertyName), Description("The unique property that the ids are values of; left out: HubSpot's numbers.")] string? IdProperty = null);
