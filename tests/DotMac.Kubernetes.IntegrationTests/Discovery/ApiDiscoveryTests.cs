using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Discovery;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.IntegrationTests.Fixture;
using DotMac.Kubernetes.Models;
using DotMac.Testing.Cluster;

namespace DotMac.Kubernetes.IntegrationTests.Discovery;

[Collection(ClusterCollection.Name)]
public sealed class ApiDiscoveryTests(ControlPlaneFixture fixture) : IDisposable
{
    private readonly KubernetesClient _client = fixture.ControlPlane.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task It_knows_the_version_and_which_kinds_are_served_and_where()
    {
        await fixture.ControlPlane.ApplyCrdAsync(Widget.Definition);
        var discovery = new ApiDiscovery(_client);

        var version = await discovery.VersionAsync();
        version.Major.Should().Be("1");
        version.GitVersion.Should().StartWith("v1.");

        (await discovery.ServesAsync(EntityType.Of<V1ConfigMap>())).Should().BeTrue();
        (await discovery.ServesAsync(EntityType.Of<V1Deployment>())).Should().BeTrue();
        (await discovery.ServesAsync(EntityType.Of<Widget>())).Should().BeTrue();
        (await discovery.ServesAsync(EntityType.Of<Widget>() with { Plural = "gadgets" })).Should().BeFalse();
        (await discovery.ServesAsync(new EntityType("apps", "v9", "Deployment", "deployments", EntityScope.Namespaced))).Should().BeFalse();
    }

    [Fact]
    public async Task Of_several_homes_of_a_kind_the_first_that_is_served_is_chosen()
    {
        var discovery = new ApiDiscovery(_client);
        EntityType Budget(string version) => new("policy", version, "PodDisruptionBudget", "poddisruptionbudgets", EntityScope.Namespaced);

        (await discovery.FirstServedAsync([Budget("v9"), Budget("v1"), Budget("v1beta1")]))!.Version.Should().BeOneOf("v1", "v1beta1");
        (await discovery.FirstServedAsync([Budget("v8"), Budget("v9")])).Should().BeNull();
    }
}
