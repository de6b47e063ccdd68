namespace DotMac.Kubernetes.Models;

/// <summary>One test of a label.</summary>
public sealed class V1LabelSelectorRequirement
{
    /// <summary>The label.</summary>
    public string? Key { get; set; }

    /// <summary><c>In</c>, <c>NotIn</c>, <c>Exists</c> or <c>DoesNotExist</c>.</summary>
    public string? Operator { get; set; }

    /// <summary>What it is compared with.</summary>
    public IList<string>? Values { get; set; }
}
