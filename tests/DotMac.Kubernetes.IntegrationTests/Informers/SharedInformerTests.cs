using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.IntegrationTests.Fixture;
using DotMac.Kubernetes.Models;
using DotMac.Testing;
using DotMac.Testing.Cluster;
using DotMac.Testing.Logging;
using Xunit.Abstractions;

namespace DotMac.Kubernetes.IntegrationTests.Informers;

/// <summary>Informers, against the real server.</summary>
[Collection(ClusterCollection.Name)]
public sealed class SharedInformerTests(ControlPlaneFixture fixture, ITestOutputHelper output) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ControlPlane _cluster = fixture.ControlPlane;
    private readonly KubernetesClient _client = fixture.ControlPlane.CreateClient();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task It_sees_every_creation_change_and_deletion_and_ends_equal_to_a_fresh_list()
    {
        const int Count = 300;
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        var before = await maps.CreateAsync(Maps.New(ns, "before"));
        var informer = new SharedInformer<V1ConfigMap>(
            maps, new InformerOptions<V1ConfigMap> { Scope = new ListOptions(ns) }, new TestLogger(output));
        var history = new List<InformerEvent<V1ConfigMap>>();
        informer.Subscribe(history.Add);
        _running = informer.RunAsync(_stop.Token);
        await informer.Synced.WaitAsync(Patience);
        informer.Store.Get(ObjectKey.Of(before)).Should().BeEquivalentTo(before);
        history.Should().ContainSingle(static e => e.Type == InformerEventType.Added && e.Initial);

        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancellationToken) =>
        {
            var key = new ObjectKey(ns, $"map-{i:000}");
            await maps.CreateAsync(Maps.New(ns, key.Name, ("i", "0")), cancellationToken);
            await maps.PatchAsync(key, JsonNode.Parse($$$"""{"data":{"i":"{{{i}}}"}}""")!, null, cancellationToken);
            if (i % 3 == 0)
            {
                await maps.DeleteAsync(key, null, cancellationToken);
            }
        });

        var fresh = (await maps.ListAsync(new ListOptions(ns))).Items;
        fresh.Should().HaveCount(Count - (Count / 3) + 1);
        await Eventually.BeTrueAsync(
            () => Versions(informer.Store.List()).SetEquals(Versions(fresh)),
            Patience,
            () => $"the cache of {informer.Store.Count} objects equals the list of {fresh.Count}");
        informer.Store.List().Should().BeEquivalentTo(fresh);

        // Each object's history is whole and in order.
        foreach (var group in history.Where(static e => !e.Initial).GroupBy(static e => e.Object.Metadata.Name!, StringComparer.Ordinal))
        {
            var i = int.Parse(group.Key.AsSpan(4), CultureInfo.InvariantCulture);
            InformerEventType[] expected = i % 3 == 0
                ? [InformerEventType.Added, InformerEventType.Updated, InformerEventType.Deleted]
                : [InformerEventType.Added, InformerEventType.Updated];
            var types = group.Select(static e => e.Type).ToArray();
            if (i == 0)
            {
                // Its patch changes nothing, so the server makes no event of it.
                expected = [InformerEventType.Added, InformerEventType.Deleted];
            }

            types.Should().Equal(expected, "that is what happened to {0}", group.Key);
        }

        history.Count(static e => !e.Initial && e.Type == InformerEventType.Added).Should().Be(Count);
    }

    [Fact]
    public async Task A_large_cache_is_listed_in_pages_and_watched_from_there()
    {
        const int Count = 1100;
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancellationToken) =>
            await maps.CreateAsync(Maps.New(ns, $"map-{i:0000}"), cancellationToken));

        var informer = new SharedInformer<V1PartialObjectMetadata>(
            _client.Resource<V1PartialObjectMetadata>(EntityType.Of<V1ConfigMap>()),
            new InformerOptions<V1PartialObjectMetadata> { Scope = new ListOptions(ns) },
            new TestLogger(output));
        _running = informer.RunAsync(_stop.Token);
        await informer.Synced.WaitAsync(Patience);

        informer.Store.Count.Should().Be(Count);
        var added = await maps.CreateAsync(Maps.New(ns, "one-more"));
        await Eventually.BeTrueAsync(() => informer.Store.Get(ObjectKey.Of(added)) is not null, Patience, "the watch tells of one more");
    }

    private static HashSet<(string?, string?)> Versions(IEnumerable<V1ConfigMap> maps) =>
        [.. maps.Select(static m => (m.Metadata.Name, m.Metadata.ResourceVersion))];
}
