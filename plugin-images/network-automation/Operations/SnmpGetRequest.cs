using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>What to ask devices for.</summary>
public sealed record SnmpGetRequest : DevicesRequest
{
    /// <summary>The object identifiers with their instances.</summary>
    [MinLength(1), MaxLength(60), Description("The object identifiers with their instances, such as 1.3.6.1.2.1.1.3.0.")]
    public required IReadOnlyList<string> Oids { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        base.Validate(validationContext).Concat(ObjectNames.Problems(Oids, nameof(Oids)));
}
