namespace DotMac.Admin.IntegrationTests.Fixture;

/// <summary>Tests that share an API server, a Vault and the service.</summary>
[CollectionDefinition(Name)]
public sealed class AdminCollection : ICollectionFixture<AdminFixture>
{
    public const string Name = "admin";
}
