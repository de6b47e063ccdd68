using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.IntegrationTests.Fixture;
using DotMac.Kubernetes.Models;
using DotMac.Testing.Cluster;

namespace DotMac.Kubernetes.IntegrationTests.Testing;

/// <summary>The fixture itself: what other tests believe of it.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ControlPlaneTests(ControlPlaneFixture fixture)
{
    private readonly ControlPlane _cluster = fixture.ControlPlane;

    [Fact]
    public async Task The_audit_log_tells_writes_of_one_program_from_reads_and_from_other_programs()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        using var mine = _cluster.CreateClient(userAgent: "audit-mine");
        using var other = _cluster.CreateClient(userAgent: "audit-other");
        await mine.Resource<V1ConfigMap>().CreateAsync(new V1ConfigMap { Metadata = new() { Namespace = ns, Name = "before" } });

        var marker = await _cluster.MarkAsync();
        (await _cluster.WritesAsync("audit-mine", marker)).Should().BeEmpty("all of it was before the marker");

        await mine.Resource<V1ConfigMap>().CreateAsync(new V1ConfigMap { Metadata = new() { Namespace = ns, Name = "after" } });
        await mine.Resource<V1ConfigMap>().GetAsync(new ObjectKey(ns, "after"));
        await other.Resource<V1ConfigMap>().DeleteAsync(new ObjectKey(ns, "before"));

        var writes = await _cluster.WritesAsync("audit-mine", marker);
        writes.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Verb = "create", User = "dotmac-test-admin", Code = 201, Resource = "configmaps", Namespace = ns, Name = "after", Subresource = "" });
        (await _cluster.RequestsAsync("audit-mine", marker)).Select(static r => r.Verb).Should().Equal("create", "get");
        (await _cluster.WritesAsync("audit-other", marker)).Should().ContainSingle().Which.Verb.Should().Be("delete");
    }
}
