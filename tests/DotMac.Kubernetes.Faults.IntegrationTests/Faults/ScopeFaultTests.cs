using System.Net;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Faults.IntegrationTests.Fixture;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Testing;
using DotMac.Testing.Faults;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Faults;

/// <summary>Watches of a part: of some objects, or of a part of each, through faults.</summary>
public sealed class ScopeFaultTests(SharedControlPlane fixture) : IClassFixture<SharedControlPlane>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    private readonly WatchedOptions _options = new();

    /// <summary>Objects that leave the selection, or come into it, while nobody can tell.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_leaves_a_label_selection_unseen_is_told_as_deleted(bool relist)
    {
        await using var run = await Watched.StartAsync(
            fixture.ControlPlane, _options with { LabelSelector = $"{Writer.Label}=a", Pace = TimeSpan.Zero });
        run.Proxy.Plan.Next(FaultMatch.Watches, new FaultAction.Answer(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable"), 4);
        if (relist)
        {
            run.Proxy.Plan.Next(FaultMatch.Watches, new FaultAction.Answer(HttpStatusCode.Gone, "Expired"));
        }

        run.Proxy.Inject(StreamFault.Reset);
        await run.Writer.LabelAsync("a", "b");
        await run.Writer.LabelAsync("b", "b");
        await run.Writer.LabelAsync("b", "a");
        await run.Writer.DeleteAsync("c");
        await run.Writer.PutAsync("d");
        await run.AgreesAsync(Deadline, complete: false);
        run.Informer.Store.List().Select(static m => m.Metadata.Name).Should().BeEquivalentTo("b", "d");

        await run.Writer.LabelAsync("a", "a");
        await run.AgreesAsync(Deadline, complete: false);
        run.Informer.Store.Count.Should().Be(3);
    }

    [Theory]
    [InlineData(StreamFault.Reset)]
    [InlineData(StreamFault.Gone)]
    public async Task A_field_selection_keeps_to_its_object(StreamFault fault)
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options with { FieldSelector = "metadata.name=a", Pace = TimeSpan.Zero });
        run.Proxy.Inject(fault);
        await run.Writer.PutAsync("a");
        await run.Writer.PutAsync("b");
        await run.Writer.DeleteAsync("a");
        await run.Writer.PutAsync("a");
        await Eventually.BeTrueAsync(
            async () => Same(run.Informer.Store.List(), (await run.Direct.ListAsync(run.Scope)).Items), Deadline, () => $"it catches up; log:\n{run.Log.Text}");
        run.History.Violations.Should().BeEmpty();
        run.History.Told.Should().OnlyContain(static c => c.Key.Name == "a");
    }

    [Theory]
    [InlineData(StreamFault.TruncateAndReset)]
    [InlineData(StreamFault.Gone)]
    public async Task What_is_dropped_by_a_transform_stays_dropped_through_faults(StreamFault fault)
    {
        await using var run = await Watched.StartAsync(
            fixture.ControlPlane,
            _options with
            {
                Transform = static map =>
                {
                    map.Data = null;
                    return map;
                },
            });
        await run.ChangesAsync(10);
        run.Proxy.Inject(fault);
        await run.ChangesAsync(10);
        await run.AgreesAsync(Deadline, complete: fault != StreamFault.Gone);
        run.Informer.Store.List().Should().OnlyContain(static m => m.Data == null);
    }

    [Fact]
    public async Task A_watch_of_metadata_alone_lives_through_the_same()
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options);
        var history = new History<V1PartialObjectMetadata>();
        var informer = new SharedInformer<V1PartialObjectMetadata>(
            run.Client.Resource<V1PartialObjectMetadata>(EntityType.Of<V1ConfigMap>()),
            new InformerOptions<V1PartialObjectMetadata>
            {
                Scope = run.Scope,
                Watch = new WatchOptions { IdleTimeout = _options.IdleTimeout },
                Backoff = _options.Backoff,
            },
            run.Log);
        informer.Subscribe(history.Tell);
        using var stop = new CancellationTokenSource();
        var running = informer.RunAsync(stop.Token);
        await informer.Synced.WaitAsync(Deadline);

        foreach (var fault in (StreamFault[])[StreamFault.Reset, StreamFault.TruncateAndClose, StreamFault.Replay, StreamFault.UnknownType, StreamFault.Gone])
        {
            await Eventually.BeTrueAsync(() => run.Proxy.OpenWatches == 2, Deadline, "both watch");
            run.Proxy.Inject(fault);
            await run.ChangesAsync(10);
        }

        await run.AgreesAsync(Deadline, complete: false);
        var fresh = (await run.Direct.ListAsync(run.Scope)).Items;
        await Eventually.BeTrueAsync(() => Same(informer.Store.List(), fresh), Deadline, "its store equals the list");
        history.Violations.Should().BeEmpty();
        await stop.CancelAsync();
        await running;
    }

    private static bool Same(IEnumerable<IKubernetesEntity> left, IEnumerable<IKubernetesEntity> right) =>
        left.Select(static o => (o.Metadata.Uid, o.Metadata.ResourceVersion)).ToHashSet().SetEquals(right.Select(static o => (o.Metadata.Uid, o.Metadata.ResourceVersion)));
}
