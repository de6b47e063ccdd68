using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>What to make or change, in one go.</summary>
/// <param name="ObjectType">Of which kind.</param>
/// <param name="IdProperty">The unique property that tells whether there is one already, such as <c>email</c>.</param>
/// <param name="Inputs">The objects.</param>
public sealed record BatchUpsertRequest(
    [Description("Of which kind.")] CrmObjectType ObjectType,
    [Required, RegularExpression(ObjectRules.PropertyName), Description("The unique property that tells whether there is one already, such as email.")] string IdProperty,
    [MinLength(1), MaxLength(ObjectRules.BatchSize), Description("The objects.")] IReadOnlyList<BatchInput> Inputs);
