using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.IntegrationTests.Fixture;
using DotMac.Kubernetes.Models;
using DotMac.Testing;
using DotMac.Testing.Cluster;
using DotMac.Testing.Logging;
using Xunit.Abstractions;

namespace DotMac.Kubernetes.IntegrationTests.Events;

/// <summary>Events as the real server's validation accepts them.</summary>
[Collection(ClusterCollection.Name)]
public sealed class EventRecorderTests(ControlPlaneFixture fixture, ITestOutputHelper output) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ControlPlane _cluster = fixture.ControlPlane;
    private readonly KubernetesClient _client = fixture.ControlPlane.CreateClient(WidgetJson.Options);
    private readonly TestLogger<EventRecorder> _log = new(output);
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
    public async Task Events_of_all_sorts_are_accepted_and_repeats_become_a_series()
    {
        await _cluster.ApplyCrdAsync(Widget.Definition);
        var ns = await _cluster.CreateNamespaceAsync();
        var widget = await _client.Resource<Widget>().CreateAsync(new Widget { Metadata = new() { Namespace = ns, Name = new string('w', 250) } });
        var clusterScoped = (await _client.Resource<V1Namespace>().GetAsync(new ObjectKey(string.Empty, ns)))!;
        var recorder = new EventRecorder(_client, "dotmac.io/test", "test-0", _log) { SeriesInterval = TimeSpan.Zero };
        _running = recorder.RunAsync(_stop.Token);

        recorder.Normal(widget, "Created", "Create", "all is well");
        recorder.Warning(widget, "Failed", "Update", new string('ä', 2000));
        recorder.Warning(clusterScoped, "Odd", "Look", "of the cluster");
        for (var i = 0; i < 3; i++)
        {
            recorder.Normal(widget, "Repeated", "Repeat", "again and again");
        }

        var events = _client.Resource<EventsV1Event>();
        IReadOnlyList<EventsV1Event> mine = [];
        await Eventually.BeTrueAsync(
            async () =>
            {
                mine = (await events.ListAsync(new ListOptions(ns))).Items;
                return mine.Any(static e => e.Series?.Count == 3);
            },
            Patience,
            () => $"a series of three; there are {mine.Count} events; log:\n{_log.Text}");

        mine.Should().HaveCount(3);
        var created = mine.Single(static e => e.Reason == "Created");
        created.Should().BeEquivalentTo(new
        {
            Type = "Normal",
            Action = "Create",
            Note = "all is well",
            ReportingController = "dotmac.io/test",
            ReportingInstance = "test-0",
            Regarding = new { ApiVersion = "test.dotmac.io/v1", Kind = "Widget", Namespace = ns, widget.Metadata.Name, widget.Metadata.Uid },
        });
        mine.Single(static e => e.Reason == "Failed").Note.Should().EndWith("ä…");
        (await events.ListAsync(new ListOptions("kube-system"))).Items
            .Should().ContainSingle(e => e.Regarding!.Uid == clusterScoped.Metadata.Uid).Which.Reason.Should().Be("Odd");
        _log.Entries.Should().BeEmpty("every event was accepted");
    }
}
