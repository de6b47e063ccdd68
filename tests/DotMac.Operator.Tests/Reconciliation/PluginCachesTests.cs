using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Reconciliation;

/// <summary>Which plugins are looked at again when something else changes.</summary>
public sealed class PluginCachesTests : IAsyncLifetime
{
    private readonly FakeClient _client = new();
    private readonly PluginCaches _caches;

    public PluginCachesTests()
    {
        _caches = new PluginCaches(_client.Informers);
        _client.Fake<TenantPlugin>().Items.AddRange([Given.Plugin(ns: "a"), Given.Plugin(ns: "b"), Given.Plugin("""{"plugin":"slack"}""", "slack", "b")]);
    }

    public Task InitializeAsync() => _client.SyncAsync();

    public async Task DisposeAsync() => await _client.DisposeAsync();

    [Fact]
    public void Pods_of_plugins_alone_are_watched() =>
        _client.Fake<V1Pod>().Lists.Should().OnlyContain(list => list.LabelSelector == "app.kubernetes.io/managed-by=dotmac-operator");

    [Fact]
    public void A_new_definition_and_a_changed_spec_concern_every_installation_a_status_none()
    {
        var old = Given.Definition();
        var same = Given.Definition();
        var changed = Given.Definition();
        changed.Metadata.Generation = 2;
        Keys(_caches.OnDefinition(new(InformerEventType.Added, old, null, false))).Should().BeEquivalentTo("a/twilio", "b/twilio");
        Keys(_caches.OnDefinition(new(InformerEventType.Updated, changed, old, false))).Should().BeEquivalentTo("a/twilio", "b/twilio");
        Keys(_caches.OnDefinition(new(InformerEventType.Deleted, old, null, false))).Should().BeEquivalentTo("a/twilio", "b/twilio");
        _caches.OnDefinition(new(InformerEventType.Updated, same, old, false)).Should().BeEmpty();
    }

    [Fact]
    public void A_namespace_concerns_its_plugins_when_its_tenant_changes()
    {
        var plain = Given.NamespaceOf(null, "b");
        var tenant = Given.NamespaceOf("acme", "b");
        Keys(_caches.OnNamespace(new(InformerEventType.Updated, tenant, plain, false))).Should().BeEquivalentTo("b/twilio", "b/slack");
        Keys(_caches.OnNamespace(new(InformerEventType.Updated, plain, tenant, false))).Should().HaveCount(2);
        _caches.OnNamespace(new(InformerEventType.Updated, Given.NamespaceOf("acme", "b"), tenant, false)).Should().BeEmpty();
        var limited = Given.NamespaceOf("acme", "b");
        limited.Metadata.Annotations = new Dictionary<string, string> { [Annotations.MaxPlugins] = "1" };
        Keys(_caches.OnNamespace(new(InformerEventType.Updated, limited, tenant, false))).Should().HaveCount(2, "it has a limit now");
    }

    [Fact]
    public void Somebody_elses_object_concerns_the_plugin_of_its_name_when_it_comes_and_goes()
    {
        var service = new Unstructured { Metadata = new V1ObjectMeta { Namespace = "a", Name = "twilio" } };
        Keys(_caches.OnNamesake(new(InformerEventType.Added, service, null, false))).Should().Equal("a/twilio");
        Keys(_caches.OnNamesake(new(InformerEventType.Deleted, service, null, false))).Should().Equal("a/twilio");
        _caches.OnNamesake(new(InformerEventType.Updated, service, service, false)).Should().BeEmpty();
        var other = new Unstructured { Metadata = new V1ObjectMeta { Namespace = "a", Name = "database" } };
        _caches.OnNamesake(new(InformerEventType.Added, other, null, false)).Should().BeEmpty();
    }

    [Fact]
    public void A_pod_concerns_the_plugin_whose_identity_it_has() =>
        Keys(PluginCaches.OnPod(new(InformerEventType.Updated, Pods.Ready(), null, false))).Should().Equal("tenant-acme/twilio");

    private static IEnumerable<string> Keys(IEnumerable<ObjectKey> keys) => keys.Select(static k => k.ToString());
}
