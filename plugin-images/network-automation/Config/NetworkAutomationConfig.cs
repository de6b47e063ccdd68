using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.NetworkAutomation.Config;

/// <summary>The config of the plugin: which devices there are and how they are reached. Passwords, communities and keys should be references.</summary>
public sealed record NetworkAutomationConfig : IValidatableObject
{
    /// <summary>The devices by name. No other is ever reached.</summary>
    public required Dictionary<string, DeviceConfig> Devices { get; init; }

    /// <summary>What devices that do not say it themselves take over.</summary>
    public DefaultsConfig? Defaults { get; init; }

    /// <summary>How many devices are worked on at a time, in one call.</summary>
    [Range(1, 128)]
    public int MaxConcurrency { get; init; } = 16;

    /// <summary>Playbooks by name, as YAML text.</summary>
    public Dictionary<string, string> Playbooks { get; init; } = [];

    /// <summary>Whether a call may bring a playbook of its own, which may run anything inside the plugin's container.</summary>
    public bool AllowInlinePlaybooks { get; init; }

    /// <summary>How many playbooks run at a time.</summary>
    [Range(1, 16)]
    public int MaxRuns { get; init; } = 2;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (string problem in ConfigRules.OfDevices(this))
        {
            yield return new ValidationResult(problem, [nameof(Devices)]);
        }

        foreach (string problem in ConfigRules.OfPlaybooks(this))
        {
            yield return new ValidationResult(problem, [nameof(Playbooks)]);
        }
    }

    /// <summary>A placeholder: a record would print its secrets.</summary>
    public override string ToString() => nameof(NetworkAutomationConfig);
}
