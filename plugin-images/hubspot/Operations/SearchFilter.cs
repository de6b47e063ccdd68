using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>What a property must be.</summary>
/// <param name="PropertyName">The property.</param>
/// <param name="Operator">How it is compared, in HubSpot's words.</param>
/// <param name="Value">With what; the lower end for <c>BETWEEN</c>.</param>
/// <param name="HighValue">The upper end for <c>BETWEEN</c>.</param>
/// <param name="Values">With what, for <c>IN</c> and <c>NOT_IN</c>; lower case where the property is text.</param>
public sealed record SearchFilter(
    [Required, RegularExpression(ObjectRules.PropertyName), Description("The property.")] string PropertyName,
    [Required, RegularExpression(SearchFilter.Operators), Description("How it is compared, in HubSpot's words.")] string Operator,
    [Description("With what; the lower end for BETWEEN.")] string? Value = null,
    [Description("The upper end for BETWEEN.")] string? HighValue = null,
    [MinLength(1), MaxLength(100), Description("With what, for IN and NOT_IN.")] IReadOnlyList<string>? Values = null)
    : IValidatableObject
{
    /// <summary>HubSpot's operators.</summary>
    internal const string Operators = "EQ|NEQ|LT|LTE|GT|GTE|BETWEEN|IN|NOT_IN|HAS_PROPERTY|NOT_HAS_PROPERTY|CONTAINS_TOKEN|NOT_CONTAINS_TOKEN";

    private bool IsRange => Operator == "BETWEEN";

    private bool IsSet => Operator is "IN" or "NOT_IN";

    private bool IsPresence => Operator is "HAS_PROPERTY" or "NOT_HAS_PROPERTY";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        bool wantsValue = !IsSet && !IsPresence;
        if (wantsValue == Value is null)
        {
            yield return new ValidationResult(wantsValue ? "Is required for this operator." : "Does not go with this operator.", [nameof(Value)]);
        }

        if (IsRange == HighValue is null)
        {
            yield return new ValidationResult(IsRange ? "Is required for this operator." : "Goes with BETWEEN alone.", [nameof(HighValue)]);
        }

        if (IsSet == Values is null)
        {
            yield return new ValidationResult(IsSet ? "Is required for this operator." : "Goes with IN and NOT_IN alone.", [nameof(Values)]);
        }
    }
}
