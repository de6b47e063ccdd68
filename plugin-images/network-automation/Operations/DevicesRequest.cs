using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>Which devices, and how long. Every operation on devices takes this.</summary>
public abstract record DevicesRequest : IValidatableObject
{
    /// <summary>The devices by the names that they have in the config. This or <see cref="Group"/>.</summary>
    [MinLength(1), MaxLength(10_000), Description("The devices by the names that they have in the plugin's config. This or group.")]
    public IReadOnlyList<string>? Devices { get; init; }

    /// <summary>A group of the config. This or <see cref="Devices"/>.</summary>
    [StringLength(63, MinimumLength = 1), Description("A group of the plugin's config. This or devices.")]
    public string? Group { get; init; }

    /// <summary>The most time for one device or, for a playbook, for all of it.</summary>
    [Range(1, 3600), Description("The most time, in seconds: for one device or, for a playbook, for all of it. If not said, as much as the call has.")]
    public int? TimeoutSeconds { get; init; }

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Devices is null == Group is null)
        {
            yield return new ValidationResult("Name devices or a group, one of the two.", [nameof(Devices)]);
        }

        // The serializer lets null into a list of strings.
        if (Devices?.Any(name => name is null) ?? false)
        {
            yield return new ValidationResult("Must be names of devices.", [nameof(Devices)]);
        }
    }
}
