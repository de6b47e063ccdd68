using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>What to walk through.</summary>
public sealed record SnmpWalkRequest : DevicesRequest
{
    /// <summary>Where to begin: all below it is walked through.</summary>
    [Required, RegularExpression(NetworkForms.ObjectName), Description("The object identifier below which to walk, such as 1.3.6.1.2.1.2.2.")]
    public required string Oid { get; init; }

    /// <summary>The most variables of one device.</summary>
    [Range(1, 20_000), Description("The most variables of one device; where there are more, truncated is true.")]
    public int MaxRows { get; init; } = 1000;

    /// <summary>How many variables to ask for in one message.</summary>
    [Range(1, 100), Description("How many variables to ask for in one message (GETBULK).")]
    public int MaxRepetitions { get; init; } = 20;
}
