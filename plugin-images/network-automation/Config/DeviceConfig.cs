using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.NetworkAutomation.Config;

/// <summary>One device.</summary>
public sealed record DeviceConfig : IValidatableObject
{
    /// <summary>Its name in DNS, or its address. Not <c>required</c>, for that would be told without the field's name inside a map.</summary>
    [Required, RegularExpression(NetworkForms.Host)]
    public string Host { get; init; } = "";

    /// <summary>The groups that it is in; calls may name a group instead of devices.</summary>
    public List<string> Groups { get; init; } = [];

    /// <summary>How it is reached by SNMP; null when it is not. May be empty, when the defaults say all.</summary>
    public SnmpConfig? Snmp { get; init; }

    /// <summary>How it is reached by SSH, and so by Ansible; null when it is not.</summary>
    public SshConfig? Ssh { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host.Contains(':', StringComparison.Ordinal) && !System.Net.IPAddress.TryParse(Host, out _))
        {
            yield return new ValidationResult("Must be a host name or an address, without a port.", [nameof(Host)]);
        }

        if (Groups.Any(group => !WholeMatch.Is(group, NetworkForms.GroupName) || group is "all" or "ungrouped"))
        {
            yield return new ValidationResult(
                "Names of groups have letters, digits and '_', no digit first; 'all' and 'ungrouped' are Ansible's own.", [nameof(Groups)]);
        }
    }

    /// <summary>A placeholder: a record would print its secrets.</summary>
    public override string ToString() => nameof(DeviceConfig);
}
