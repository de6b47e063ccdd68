namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>Tests that share one control plane and one operator that asks pods.</summary>
[CollectionDefinition(Name)]
public sealed class ProbingCollection : ICollectionFixture<ProbingFixture>
{
    public const string Name = "probing";
}
