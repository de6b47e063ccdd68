using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Applying;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Applying;

public sealed class ChildCachesTests : IAsyncDisposable
{
    private static readonly EntityType Maps = EntityType.Of<V1ConfigMap>();
    private readonly FakeClient _client = new();

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task Of_other_peoples_objects_nothing_is_kept_but_that_they_are_there()
    {
        Add("theirs", static map => map.Metadata.Labels = new Dictionary<string, string> { ["app"] = "database" });
        var kept = (await StartAsync()).Get(Maps, new ObjectKey("ns", "theirs"))!;
        kept.Metadata.Should().BeEquivalentTo(new V1ObjectMeta { Name = "theirs", Namespace = "ns", Uid = "uid-theirs", ResourceVersion = "9" });
        kept.Body.IsEmpty.Should().BeTrue("ten thousand other ConfigMaps must not fill the operator's memory");
    }

    [Fact]
    public async Task What_belongs_to_a_plugin_is_kept_even_when_its_labels_were_edited_away()
    {
        Add("ours", static map => map.Metadata.OwnerReferences = [new V1OwnerReference { Kind = ResourceNames.TenantPluginKind, Uid = Given.Uid }]);
        using var body = (await StartAsync()).Get(Maps, new ObjectKey("ns", "ours"))!.ParseBody();
        body.RootElement.GetProperty("data").GetProperty("key").GetString().Should().Be("value");
    }

    [Fact]
    public async Task What_the_operator_labelled_is_kept_even_when_its_owner_was_edited_away()
    {
        Add("ours", static map => map.Metadata.Labels = new Dictionary<string, string> { [ChildMetadata.ManagedBy] = ResourceNames.FieldManager });
        (await StartAsync()).Get(Maps, new ObjectKey("ns", "ours"))!.Body.IsEmpty.Should().BeFalse();
    }

    [Fact]
    public async Task A_kind_that_is_not_served_is_neither_watched_nor_there()
    {
        var caches = await StartAsync();
        caches.Serves(Maps).Should().BeTrue();
        caches.Serves(EntityType.Of<V1Ingress>()).Should().BeFalse();
        caches.Get(EntityType.Of<V1Ingress>(), new ObjectKey("ns", "x")).Should().BeNull();
        caches.Informers.Should().ContainSingle();
    }

    private void Add(string name, Action<V1ConfigMap> change)
    {
        var map = new V1ConfigMap
        {
            Metadata = new V1ObjectMeta
            {
                Name = name,
                Namespace = "ns",
                Uid = $"uid-{name}",
                ResourceVersion = "9",
                Annotations = new Dictionary<string, string> { ["note"] = "long" },
            },
            Data = new Dictionary<string, string> { ["key"] = "value" },
        };
        change(map);
        _client.Children<V1ConfigMap>().Items.Add(Given.Raw(map));
    }

    private async Task<ChildCaches> StartAsync()
    {
        var caches = new ChildCaches(_client.Informers, [Maps]);
        await _client.SyncAsync();
        return caches;
    }
}
