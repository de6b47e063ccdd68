using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>One object to make.</summary>
/// <param name="Properties">The properties by internal name.</param>
public sealed record BatchCreateInput(
    [Description("The properties by internal name; values are strings, numbers, true, false, or null for none.")] IReadOnlyDictionary<string, JsonElement> Properties)
    : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ObjectRules.NotEmpty(Properties, nameof(Properties));
}
