using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>Which object, and what of it.</summary>
/// <param name="ObjectType">Of which kind.</param>
/// <param name="Id">Which one: HubSpot's number, or the value of <paramref name="IdProperty"/>.</param>
/// <param name="IdProperty">The unique property that the id is a value of, such as <c>email</c>; null: HubSpot's number.</param>
/// <param name="Properties">The properties to answer; null: HubSpot's few usual ones.</param>
public sealed record GetObjectRequest(
    [Description("Of which kind.")] CrmObjectType ObjectType,
    [StringLength(ObjectRules.IdLength, MinimumLength = 1), Description("Which one: HubSpot's number, or the value of idProperty.")] string Id,
    [RegularExpression(ObjectRules.PropertyName), Description("The unique property that the id is a value of, such as email; left out: HubSpot's number.")] string? IdProperty = null,
    [MaxLength(200), Description("The properties to answer, by internal name; left out: HubSpot's few usual ones.")] IReadOnlyList<string>? Properties = null)
    : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ObjectRules.Id(Id, IdProperty, nameof(Id));
}
