namespace DotMac.Kubernetes.Models;

/// <summary>Linux capabilities.</summary>
public sealed class V1Capabilities
{
    /// <summary>Given.</summary>
    public IList<string>? Add { get; set; }

    /// <summary>Taken; <c>ALL</c> for every one.</summary>
    public IList<string>? Drop { get; set; }
}
