namespace DotMac.Plugins.NetworkAutomation.IntegrationTests.Lab;

/// <summary>All tests use one lab, one after the other: they look at what runs on the machine.</summary>
[CollectionDefinition(Name)]
public sealed class LabCollection : ICollectionFixture<NetworkLab>
{
    public const string Name = "lab";
}
