namespace DotMac.Kubernetes.IntegrationTests.Guide;

/// <summary>Whom to greet.</summary>
public sealed class GreetingSpec
{
    /// <summary>A name.</summary>
    public string? Name { get; set; }
}
