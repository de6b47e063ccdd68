using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>What to make.</summary>
/// <param name="ObjectType">Of which kind.</param>
/// <param name="Properties">The properties by internal name; values are strings, numbers, true, false, or null for none.</param>
public sealed record CreateObjectRequest(
    [Description("Of which kind.")] CrmObjectType ObjectType,
    [Description("The properties by internal name; values are strings, numbers, true, false, or null for none.")] IReadOnlyDictionary<string, JsonElement> Properties)
    : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ObjectRules.NotEmpty(Properties, nameof(Properties));
}
