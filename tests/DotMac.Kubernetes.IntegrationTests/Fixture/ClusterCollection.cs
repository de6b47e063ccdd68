using DotMac.Testing.Cluster;

namespace DotMac.Kubernetes.IntegrationTests.Fixture;

/// <summary>Tests that share the assembly's one control plane, each in a namespace of its own.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterCollection : ICollectionFixture<ControlPlaneFixture>
{
    public const string Name = "cluster";
}
