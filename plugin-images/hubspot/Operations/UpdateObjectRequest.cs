using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>What to change.</summary>
/// <param name="ObjectType">Of which kind.</param>
/// <param name="Id">Which one: HubSpot's number, or the value of <paramref name="IdProperty"/>.</param>
/// <param name="Properties">The properties to change; null empties one.</param>
/// <param name="IdProperty">The unique property that the id is a value of, such as <c>email</c>; null: HubSpot's number.</param>
public sealed record UpdateObjectRequest(
    [Description("Of which kind.")] CrmObjectType ObjectType,
    [StringLength(ObjectRules.IdLength, MinimumLength = 1), Description("Which one: HubSpot's number, or the value of idProperty.")] string Id,
    [Description("The properties to change by internal name; null empties one.")] IReadOnlyDictionary<string, JsonElement> Properties,
    [RegularExpression(ObjectRules.PropertyName), Description("The unique property that the id is a value of, such as email; left out: HubSpot's number.")] string? IdProperty = null)
    : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        [.. ObjectRules.Id(Id, IdProperty, nameof(Id)), .. ObjectRules.NotEmpty(Properties, nameof(Properties))];
}
