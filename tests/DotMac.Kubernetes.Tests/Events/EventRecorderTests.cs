using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Tests.Fakes;
using DotMac.Testing;
using DotMac.Testing.Logging;
using DotMac.Testing.Time;
using NSubstitute;

namespace DotMac.Kubernetes.Tests.Events;

public sealed class EventRecorderTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _clock = new();
    private readonly IResource<EventsV1Event> _events = Substitute.For<IResource<EventsV1Event>>();
    private readonly ConcurrentQueue<EventsV1Event> _created = new();
    private readonly ConcurrentQueue<(ObjectKey Key, JsonNode Patch)> _patched = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TestLogger<EventRecorder> _log = new();
    private readonly EventRecorder _recorder;
    private readonly V1ConfigMap _map = Maps.New("n", "a", 1);
    private Func<EventsV1Event, EventsV1Event> _onCreate = static e => e;
    private Func<EventsV1Event> _onPatch = static () => new EventsV1Event();
    private Task _running = Task.CompletedTask;

    public EventRecorderTests()
    {
        _events.CreateAsync(default!, default).ReturnsForAnyArgs(call =>
        {
            var created = _onCreate(call.Arg<EventsV1Event>());
            _created.Enqueue(created);
            return Task.FromResult(created);
        });
        _events.PatchAsync(default, default!, default, default).ReturnsForAnyArgs(call =>
        {
            _patched.Enqueue((call.Arg<ObjectKey>(), call.Arg<JsonNode>()));
            return Task.FromResult(_onPatch());
        });
        var client = Substitute.For<IKubernetesClient>();
        client.Resource<EventsV1Event>().Returns(_events);
        _recorder = new EventRecorder(client, "dotmac.io/test", "pod-0", _log, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Patience);
        _stop.Dispose();
    }

    [Fact]
    public async Task What_repeats_becomes_a_series_written_once_an_interval()
    {
        Start();
        _recorder.Normal(_map, "Ready", "Reconcile", "all is well");
        for (var i = 0; i < 9; i++)
        {
            _recorder.Normal(_map, "Ready", "Reconcile", "all is well");
        }

        _recorder.Warning(_map, "Ready", "Reconcile", "all is well");
        await CreatedAsync(2);
        _patched.Should().BeEmpty();

        _clock.Advance(_recorder.SeriesInterval);
        await Eventually.BeTrueAsync(() => _patched.Count == 1, Patience, "the series is written");
        var (key, patch) = _patched.Single();
        key.Should().Be(ObjectKey.Of(_created.First()));
        patch["series"]!["count"]!.GetValue<int>().Should().Be(10);
        patch["series"]!["lastObservedTime"]!.GetValue<string>().Should().Be("2025-01-01T00:00:00.000000Z");

        _recorder.Normal(_map, "Ready", "Reconcile", "all is well");
        _clock.Advance(_recorder.SeriesInterval);
        await Eventually.BeTrueAsync(() => _patched.Count == 2, Patience, "it goes on");
        _patched.Last().Patch["series"]!["count"]!.GetValue<int>().Should().Be(11);
        _patched.Last().Patch["series"]!["lastObservedTime"]!.GetValue<string>().Should().Be("2025-01-01T00:05:00.000000Z");
    }

    [Fact]
    public async Task A_series_whose_event_is_gone_starts_anew()
    {
        Start();
        _recorder.Normal(_map, "Ready", "Reconcile", "well");
        await CreatedAsync(1);
        _onPatch = static () => throw new ApiException("PATCH", HttpStatusCode.NotFound, new V1Status());
        _clock.Advance(_recorder.SeriesInterval);
        _recorder.Normal(_map, "Ready", "Reconcile", "well");
        await CreatedAsync(2);
    }

    [Fact]
    public async Task What_a_server_refuses_or_breaks_is_lost_and_the_next_is_written()
    {
        var failures = new Queue<Exception>(
        [
            new ApiException("POST", HttpStatusCode.Forbidden, new V1Status()),
            new HttpRequestException("refused"),
            new TimeoutException("slow"),
            new System.Text.Json.JsonException("a proxy's words"),
            new DotMac.Kubernetes.Configuration.KubernetesConfigurationException("no token"),
        ]);
        _onCreate = e => failures.TryDequeue(out var failure) ? throw failure : e;
        Start();
        for (var i = 0; i < 6; i++)
        {
            _recorder.Normal(_map, $"Number{i}", "Try", "…");
        }

        await CreatedAsync(1);
        _created.Single().Reason.Should().Be("Number5");
        _log.Entries.Should().HaveCount(5);
    }

    [Fact]
    public async Task News_that_comes_faster_than_it_is_written_is_dropped_and_never_blocks()
    {
        for (var i = 0; i < 1_500; i++)
        {
            _recorder.Normal(Object($"object-{i}"), "Number", "Flood", "…");
        }

        Start();
        await CreatedAsync(1_000);
        _recorder.Normal(_map, "After", "Flood", "…");
        await CreatedAsync(1_001);
        _created.Last().Reason.Should().Be("After");
    }

    [Fact]
    public async Task An_object_that_has_ever_new_things_to_tell_is_listened_to_less_and_less()
    {
        Start();
        for (var i = 0; i < 40; i++)
        {
            _recorder.Warning(_map, "Flapping", "Check", $"for the {i}th time");
        }

        _recorder.Warning(Object("other"), "Calm", "Check", "once");
        await CreatedAsync(_recorder.Burst + 1);
        _created.Count(static e => e.Reason == "Flapping").Should().Be(_recorder.Burst);
        _created.Last().Reason.Should().Be("Calm", "what one object tells is no matter of another");

        _clock.Advance(_recorder.SeriesInterval);
        await Eventually.BeTrueAsync(() => _patched.Count == 1, Patience, "what was not told is counted");
        _patched.Single().Patch["series"]!["count"]!.GetValue<int>().Should().Be(1 + 40 - _recorder.Burst);
        _recorder.Warning(_map, "Flapping", "Check", "one more");
        await CreatedAsync(_recorder.Burst + 2);
    }

    [Fact]
    public async Task The_end_of_a_series_is_written_though_nothing_follows_it()
    {
        Start();
        _recorder.Normal(_map, "Ready", "Reconcile", "well");
        _recorder.Normal(_map, "Ready", "Reconcile", "well");
        _recorder.Normal(Object("last"), "Done", "Reconcile", "both were taken in");
        await CreatedAsync(2);
        _clock.Advance(_recorder.SeriesInterval);
        await Eventually.BeTrueAsync(() => _patched.Count == 1, Patience, "the series is written");
        _patched.Single().Patch["series"]!["count"]!.GetValue<int>().Should().Be(2);
        _clock.Advance(_recorder.SeriesInterval);
        _recorder.Normal(Object("after"), "Done", "Reconcile", "the series were looked through");
        await CreatedAsync(3);
        _patched.Should().HaveCount(1, "nothing came since");
    }

    [Theory]
    [InlineData("a", 1024, false)]
    [InlineData("a", 1025, true)]
    [InlineData("ä", 512, false)]
    [InlineData("ä", 513, true)]
    [InlineData("😀", 257, true)]
    [InlineData("a😀", 300, true)]
    public async Task A_note_is_cut_at_a_kilobyte_and_never_inside_a_letter(string part, int times, bool cut)
    {
        Start();
        var note = string.Concat(Enumerable.Repeat(part, times));
        _recorder.Normal(_map, "Long", "Cut", note);
        await CreatedAsync(1);

        var written = _created.Single().Note!;
        Encoding.UTF8.GetByteCount(written).Should().BeLessThanOrEqualTo(1024).And.BeGreaterThan(1015);
        written.EndsWith('…').Should().Be(cut);
        note.Should().StartWith(written.TrimEnd('…'));
        written.Should().NotContain("\ufffd");
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(written)).Should().Be(written);
    }

    [Fact]
    public async Task An_event_of_a_raw_object_names_the_kind_that_the_object_names()
    {
        Start();
        _recorder.Normal(new Unstructured { ApiVersion = "x.io/v1", Kind = "Thing", Metadata = new() { Name = "t", Namespace = "n" } }, "R", "A", "note");
        await CreatedAsync(1);
        _created.Single().Regarding.Should().BeEquivalentTo(new { ApiVersion = "x.io/v1", Kind = "Thing", Name = "t", Namespace = "n" });
    }

    [Fact]
    public async Task A_long_name_is_cut_to_one_that_is_allowed()
    {
        Start();
        _recorder.Normal(Maps.New("n", new string('a', 199) + "-" + new string('b', 53), 1), "R", "A", "note");
        await CreatedAsync(1);
        _created.Single().Metadata.Name.Should().MatchRegex("^a{199}\\.[0-9a-f]{16}$");
    }

    private static V1ConfigMap Object(string name) => new() { Metadata = new V1ObjectMeta { Namespace = "n", Name = name, Uid = name } };

    private void Start() => _running = _recorder.RunAsync(_stop.Token);

    private Task CreatedAsync(int count) => Eventually.BeTrueAsync(
        () => _created.Count >= count, Patience, () => $"{count} events; there are {_created.Count}; log:\n{_log.Text}");
}
