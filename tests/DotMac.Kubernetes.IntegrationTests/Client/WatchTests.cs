using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.IntegrationTests.Fixture;
using DotMac.Kubernetes.Models;
using DotMac.Testing.Cluster;

namespace DotMac.Kubernetes.IntegrationTests.Client;

/// <summary>Watches, against the real server.</summary>
[Collection(ClusterCollection.Name)]
public sealed class WatchTests(ControlPlaneFixture fixture) : IDisposable
{
    private readonly ControlPlane _cluster = fixture.ControlPlane;
    private readonly KubernetesClient _client = fixture.ControlPlane.CreateClient();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        _client.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public async Task A_watch_tells_what_happened_since_its_version_in_order()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        await maps.CreateAsync(Maps.New(ns, "before"));
        var list = await maps.ListAsync(new ListOptions(ns));
        var created = await maps.CreateAsync(Maps.New(ns, "a", ("x", "1")));
        await maps.PatchAsync(ObjectKey.Of(created), JsonNode.Parse("""{"data":{"x":"2"}}""")!);
        await maps.DeleteAsync(ObjectKey.Of(created));
        await maps.DeleteAsync(new ObjectKey(ns, "before"));

        var opened = false;
        var seen = new List<(WatchEventType, string?, string?)>();
        await foreach (var item in maps.WatchAsync(
            new ListOptions(ns),
            new WatchOptions { ResourceVersion = list.ResourceVersion, Opened = () => opened = true },
            _deadline.Token))
        {
            seen.Add((item.Type, item.Object.Metadata.Name, item.Object.Data?["x"]));
            if (seen.Count == 4)
            {
                break;
            }
        }

        opened.Should().BeTrue();
        seen.Should().Equal(
            (WatchEventType.Added, "a", "1"),
            (WatchEventType.Modified, "a", "2"),
            (WatchEventType.Deleted, "a", "2"),
            (WatchEventType.Deleted, "before", null));
    }

    [Fact]
    public async Task A_watch_without_a_version_starts_with_what_is_there()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        await maps.CreateAsync(Maps.New(ns, "a"));
        await maps.CreateAsync(Maps.New(ns, "b"));

        var seen = new List<string>();
        await foreach (var item in maps.WatchAsync(new ListOptions(ns), new WatchOptions(), _deadline.Token))
        {
            item.Type.Should().Be(WatchEventType.Added);
            seen.Add(item.Object.Metadata.Name!);
            if (seen.Count == 2)
            {
                break;
            }
        }

        seen.Should().BeEquivalentTo("a", "b");
    }

    [Fact]
    public async Task The_server_closes_a_watch_when_asked_to_and_sends_a_bookmark_before()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        var list = await maps.ListAsync(new ListOptions(ns));

        // Only a server that has something to tell sends bookmarks: once the watch stands, something happens elsewhere.
        var elsewhere = await _cluster.CreateNamespaceAsync();
        Task<V1ConfigMap>? happens = null;
        void Opened() => happens = maps.CreateAsync(Maps.New(elsewhere, "a"), _deadline.Token);
        var seen = new List<WatchEvent<V1ConfigMap>>();
        await foreach (var item in maps.WatchAsync(
            new ListOptions(ns),
            new WatchOptions { ResourceVersion = list.ResourceVersion, Timeout = TimeSpan.FromSeconds(5), Opened = Opened },
            _deadline.Token))
        {
            seen.Add(item);
        }

        seen.Should().NotBeEmpty("the server sends one two seconds before the end");
        seen.Should().OnlyContain(static e => e.Type == WatchEventType.Bookmark);
        seen[^1].Object.Metadata.ResourceVersion.Should().Be((await happens!).Metadata.ResourceVersion);
    }

    [Fact]
    public async Task A_watch_on_which_nothing_comes_is_given_up()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        var list = await maps.ListAsync(new ListOptions(ns));

        var watching = async () =>
        {
            await foreach (var item in maps.WatchAsync(
                new ListOptions(ns),
                new WatchOptions { ResourceVersion = list.ResourceVersion, IdleTimeout = TimeSpan.FromMilliseconds(200) },
                _deadline.Token))
            {
                item.Should().BeNull("nothing happens in this namespace");
            }
        };

        (await watching.Should().ThrowAsync<TimeoutException>()).WithMessage("*not even a bookmark*");
    }

    [Fact]
    public async Task A_watch_ends_when_its_reader_gives_up()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        using var stop = new CancellationTokenSource();

        var watching = async () =>
        {
            await foreach (var item in maps.WatchAsync(
                new ListOptions(ns), new WatchOptions { Opened = stop.Cancel }, stop.Token))
            {
                item.Should().BeNull("nothing happens in this namespace");
            }
        };

        await watching.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Metadata_and_raw_objects_can_be_watched_too()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        await _client.Resource<V1ConfigMap>().CreateAsync(Maps.New(ns, "a", ("x", "1")));
        var type = EntityType.Of<V1ConfigMap>();

        await foreach (var item in _client.Resource<V1PartialObjectMetadata>(type).WatchAsync(
            new ListOptions(ns), new WatchOptions(), _deadline.Token))
        {
            item.Object.Kind.Should().Be("PartialObjectMetadata");
            item.Object.Metadata.Name.Should().Be("a");
            break;
        }

        await foreach (var item in _client.Resource<Unstructured>(type).WatchAsync(new ListOptions(ns), new WatchOptions(), _deadline.Token))
        {
            System.Text.Encoding.UTF8.GetString(item.Object.Body.Span).Should().Be("""{"data":{"x":"1"}}""");
            break;
        }
    }
}
