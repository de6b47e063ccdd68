namespace DotMac.Monitoring.IntegrationTests.Fixture;

/// <summary>Tests that share what is scraped.</summary>
[CollectionDefinition(Name)]
public sealed class MonitoringCollection : ICollectionFixture<MonitoringFixture>
{
    public const string Name = "monitoring";
}
