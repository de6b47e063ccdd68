namespace DotMac.Kubernetes.IntegrationTests.Guide;

/// <summary>What was done.</summary>
public sealed class GreetingStatus
{
    /// <summary>The generation of the spec that was seen.</summary>
    public long? ObservedGeneration { get; set; }
}
