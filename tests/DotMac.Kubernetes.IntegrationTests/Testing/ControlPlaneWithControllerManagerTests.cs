using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Kubernetes.IntegrationTests.Testing;

/// <summary>What only a kube-controller-manager does: garbage collection and the end of namespaces.</summary>
public sealed class ControlPlaneWithControllerManagerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Owned_objects_go_with_their_owner_and_namespaces_with_all_they_hold()
    {
        await using var cluster = await ControlPlane.StartAsync(new ControlPlaneOptions { ControllerManager = true });
        using var client = cluster.CreateClient();
        var maps = client.Resource<V1ConfigMap>();
        var ns = await cluster.CreateNamespaceAsync();
        var owner = await maps.CreateAsync(new V1ConfigMap { Metadata = new() { Namespace = ns, Name = "owner" } });
        V1ConfigMap Owned(string name) => new()
        {
            Metadata = new()
            {
                Namespace = ns,
                Name = name,
                OwnerReferences =
                [
                    new() { ApiVersion = "v1", Kind = "ConfigMap", Name = "owner", Uid = owner.Metadata.Uid, Controller = true, BlockOwnerDeletion = true },
                ],
            },
        };
        await maps.CreateAsync(Owned("child"));

        (await maps.DeleteAsync(ObjectKey.Of(owner), new DeleteOptions(DeletePropagation.Foreground))).Should().BeTrue();
        await Eventually.BeTrueAsync(
            async () => await maps.GetAsync(ObjectKey.Of(owner)) is null, Patience, "the owner goes once its child is gone");
        (await maps.GetAsync(new ObjectKey(ns, "child"))).Should().BeNull();

        // Orphaned children stay.
        owner = await maps.CreateAsync(new V1ConfigMap { Metadata = new() { Namespace = ns, Name = "owner" } });
        await maps.CreateAsync(Owned("orphan"));
        await maps.DeleteAsync(ObjectKey.Of(owner), new DeleteOptions(DeletePropagation.Orphan));
        await Eventually.BeTrueAsync(
            async () => (await maps.GetAsync(new ObjectKey(ns, "orphan")))!.Metadata.OwnerReferences is null or [],
            Patience,
            "the orphan loses its owner reference");

        await client.Resource<V1Namespace>().DeleteAsync(new ObjectKey(string.Empty, ns));
        await Eventually.BeTrueAsync(
            async () => await client.Resource<V1Namespace>().GetAsync(new ObjectKey(string.Empty, ns)) is null, Patience, "the namespace goes");
    }
}
