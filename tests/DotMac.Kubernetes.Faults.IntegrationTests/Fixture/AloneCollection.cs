namespace DotMac.Kubernetes.Faults.IntegrationTests.Fixture;

/// <summary>What measures the memory of the process runs alone, when all others are done.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection : ICollectionFixture<SharedControlPlane>
{
    public const string Name = "alone";
}
