namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>Tests that share one control plane and one operator that the API server asks.</summary>
[CollectionDefinition(Name)]
public sealed class AdmissionCollection : ICollectionFixture<AdmissionFixture>
{
    public const string Name = "admission";
}
