namespace DotMac.Kubernetes.IntegrationTests.Fixture;

public sealed class WidgetStatus
{
    public long? ObservedGeneration { get; set; }

    public string? Message { get; set; }
}
