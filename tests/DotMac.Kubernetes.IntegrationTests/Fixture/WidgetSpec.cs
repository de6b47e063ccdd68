namespace DotMac.Kubernetes.IntegrationTests.Fixture;

public sealed class WidgetSpec
{
    public int Size { get; set; } = 1;

    public string? Colour { get; set; }

    public IList<string>? Parts { get; set; }
}
