using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>What to set.</summary>
public sealed record SnmpSetRequest : DevicesRequest
{
    /// <summary>The variables; a device sets all or none.</summary>
    [MinLength(1), MaxLength(60), Description("The variables to set; a device sets all or none.")]
    public required IReadOnlyList<SnmpAssignment> Variables { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        base.Validate(validationContext).Concat(
            Variables.Any(variable => variable is null) ? [new ValidationResult("Each must be an object.", [nameof(Variables)])] : []);
}
