using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.IntegrationTests.Fixture;
using DotMac.Kubernetes.Models;
using DotMac.Testing;
using DotMac.Testing.Cluster;
using DotMac.Testing.Logging;
using Xunit.Abstractions;

namespace DotMac.Kubernetes.IntegrationTests.Controllers;

/// <summary>A controller with children and a finalizer, from the first list to the last delete.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ControllerEndToEndTests(ControlPlaneFixture fixture, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ControlPlane _cluster = fixture.ControlPlane;

    [Fact]
    public async Task Children_follow_their_owner_come_back_when_deleted_and_nothing_is_written_twice()
    {
        await _cluster.ApplyCrdAsync(Widget.Definition);
        var ns = await _cluster.CreateNamespaceAsync();
        using var user = _cluster.CreateClient(WidgetJson.Options, "widget-user");
        var widgets = user.Resource<Widget>();
        var maps = user.Resource<V1ConfigMap>();
        var first = await widgets.CreateAsync(New(ns, "first", 1));
        var key = ObjectKey.Of(first);

        await using (var run = new WidgetOperator(_cluster, ns, output))
        {
            await run.ReadyAsync();
            await ChildIsAsync(maps, key, "1");
            (await widgets.GetAsync(key))!.Metadata.Finalizers.Should().Equal(run.Finalizer.Identifier);

            var second = await widgets.CreateAsync(New(ns, "second", 2));
            await ChildIsAsync(maps, ObjectKey.Of(second), "2");

            await widgets.PatchAsync(key, JsonNode.Parse("""{"spec":{"size":7}}""")!);
            await ChildIsAsync(maps, key, "7");

            await maps.DeleteAsync(key);
            await ChildIsAsync(maps, key, "7");

            await maps.PatchAsync(key, JsonNode.Parse("""{"data":{"size":"wrong"}}""")!);
            await ChildIsAsync(maps, key, "7");

            // A look at everything again finds nothing to do.
            var marker = await _cluster.MarkAsync();
            var before = run.Reconciler.Reconciles;
            run.Controller.Enqueue(key);
            run.Controller.Enqueue(ObjectKey.Of(second));
            await Eventually.BeTrueAsync(() => run.Reconciler.Reconciles >= before + 2, Patience, "both are looked at");
            (await _cluster.WritesAsync(WidgetOperator.UserAgent, marker)).Should().BeEmpty();
        }

        // What happens while the operator is away is found when it is back; the rest is left alone.
        await widgets.PatchAsync(key, JsonNode.Parse("""{"spec":{"size":8}}""")!);
        var restart = await _cluster.MarkAsync();
        await using (var run = new WidgetOperator(_cluster, ns, output))
        {
            await run.ReadyAsync();
            await ChildIsAsync(maps, key, "8");
            await Eventually.BeTrueAsync(() => run.Reconciler.Reconciles >= 2, Patience, "both are looked at");
            (await _cluster.WritesAsync(WidgetOperator.UserAgent, restart)).Should().ContainSingle().Which.Name.Should().Be("first");

            await widgets.DeleteAsync(key);
            await Eventually.BeTrueAsync(async () => await widgets.GetAsync(key) is null, Patience, "the finalizer lets go");
            run.Finalizer.TriesFor(first).Should().Be(2);
        }
    }

    [Fact]
    public async Task A_cache_that_cannot_be_filled_fails_the_start_and_names_the_kind()
    {
        using var client = _cluster.CreateClient(WidgetJson.Options);
        var informers = new SharedInformerFactory(client, new TestLogger<SharedInformerFactory>(output));
        informers.Get<Unstructured>(new EntityType("not.installed", "v1", "Gadget", "gadgets", EntityScope.Namespaced));
        using var manager = new ControllerManager(client, informers, NullEventRecorder.Instance, new TestLogger<ControllerManager>(output))
        {
            CacheSyncTimeout = TimeSpan.FromMilliseconds(500),
        };

        var running = () => manager.RunAsync(CancellationToken.None);

        (await running.Should().ThrowAsync<TimeoutException>()).WithMessage("*Gadget.v1.not.installed*");
        manager.IsReady.Should().BeFalse();
    }

    private static Widget New(string ns, string name, int size) =>
        new() { Metadata = new() { Namespace = ns, Name = name }, Spec = new WidgetSpec { Size = size } };

    private static async Task ChildIsAsync(IResource<V1ConfigMap> maps, ObjectKey key, string size)
    {
        V1ConfigMap? seen = null;
        await Eventually.BeTrueAsync(
            async () => (seen = await maps.GetAsync(key))?.Data?["size"] == size,
            Patience,
            () => $"the child {key} says {size}; it says {seen?.Data?["size"] ?? "nothing"}");
    }
}
