namespace DotMac.Kubernetes.Models;

/// <summary>A range of addresses.</summary>
public sealed class V1IPBlock
{
    /// <summary>The range.</summary>
    public string? Cidr { get; set; }

    /// <summary>Parts of it that are not meant.</summary>
    public IList<string>? Except { get; set; }
}
