namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>Tests that share one control plane and one operator, each with a tenant of its own.</summary>
[CollectionDefinition(Name)]
public sealed class OperatorCollection : ICollectionFixture<OperatorFixture>
{
    public const string Name = "operator";
}
