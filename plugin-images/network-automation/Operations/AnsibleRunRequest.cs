using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using DotMac.Plugins.NetworkAutomation.Playbooks;

namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>Which playbook to run.</summary>
public sealed record AnsibleRunRequest : DevicesRequest
{
    /// <summary>A name of the config, or a playbook's text.</summary>
    [Required, StringLength(262_144, MinimumLength = 1)]
    [Description("The name of a playbook of the plugin's config, or, where the config allows it, a playbook's text (YAML).")]
    public required string Playbook { get; init; }

    /// <summary>Variables for the playbook.</summary>
    [Description("Variables for the playbook. Text in them is never evaluated; names that begin with ansible_ are refused.")]
    public Dictionary<string, JsonElement>? ExtraVars { get; init; }

    /// <summary>Whether to change nothing.</summary>
    [Description("Change nothing, and say what would be changed.")]
    public bool Check { get; init; }

    /// <summary>Tags to run.</summary>
    [MaxLength(50), Description("Run only what has one of these tags.")]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Whether to wait for the end.</summary>
    [Description("Wait for the end. If false, the answer comes at once, and ansible_status tells the rest; timeoutSeconds is then 600 if not said.")]
    public bool Wait { get; init; } = true;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (ValidationResult problem in base.Validate(validationContext))
        {
            yield return problem;
        }

        foreach (string name in ExtraVars?.Keys ?? Enumerable.Empty<string>())
        {
            if (ExtraVariables.NameProblem(name) is string bad)
            {
                yield return new ValidationResult(bad, [nameof(ExtraVars)]);
                break;
            }
        }

        if (Tags?.Any(tag => !WholeMatch.Is(tag, NetworkForms.Tag)) ?? false)
        {
            yield return new ValidationResult("Tags have letters, digits, '_', '.', ':' and '-'.", [nameof(Tags)]);
        }
    }

    /// <summary>A placeholder: variables may be secret.</summary>
    public override string ToString() => nameof(AnsibleRunRequest);
}
