namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>Tests that start operators of their own, several for one lease; after all others, for they measure times.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ElectionCollection : ICollectionFixture<InstalledFixture>
{
    public const string Name = "election";
}
