using System.Net;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Queue;
using DotMac.Kubernetes.Tests.Fakes;
using DotMac.Testing;
using DotMac.Testing.Logging;
using DotMac.Testing.Time;
using Xunit.Abstractions;

namespace DotMac.Kubernetes.Tests.Informers;

public sealed class SharedInformerTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ScriptedResource _server = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TestLogger _log;
    private readonly SharedInformer<V1ConfigMap> _informer;
    private readonly List<string> _told = [];
    private Task _running = Task.CompletedTask;

    public SharedInformerTests(ITestOutputHelper output)
    {
        _log = new TestLogger(output);
        _informer = new SharedInformer<V1ConfigMap>(
            _server,
            new InformerOptions<V1ConfigMap> { Backoff = new ExponentialBackoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), Jitter: 0) },
            _log,
            _clock);
        _informer.Subscribe(e =>
        {
            lock (_told)
            {
                _told.Add($"{(e.Initial ? "initial " : string.Empty)}{e.Type} {e.Object.Metadata.Name} {e.Object.Metadata.ResourceVersion}"
                    + (e.Previous is null ? string.Empty : $" was {e.Previous.Metadata.ResourceVersion}"));
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Patience);
        _stop.Dispose();
    }

    [Fact]
    public async Task It_lists_from_the_servers_cache_then_watches_from_there_and_tells_both()
    {
        _server.WillList(10, Maps.New("n", "a", 3), Maps.New("n", "b", 4));
        var watch = await StartAsync();

        _informer.Synced.IsCompletedSuccessfully.Should().BeTrue();
        _server.Lists.Should().ContainSingle().Which.ResourceVersion.Should().Be("0");
        watch.Options.ResourceVersion.Should().Be("10");
        watch.Send(WatchEventType.Added, Maps.New("n", "c", 11))
            .Send(WatchEventType.Modified, Maps.New("n", "a", 12))
            .Send(WatchEventType.Deleted, Maps.New("n", "b", 13));

        await ToldAsync("initial Added a 3", "initial Added b 4", "Added c 11", "Updated a 12 was 3", "Deleted b 13");
        _informer.Store.List().Select(static m => m.Metadata.Name).Should().BeEquivalentTo("a", "c");
    }

    [Fact]
    public async Task A_list_in_pages_is_read_to_its_end()
    {
        _server.WillList(_ => new ListResult<V1ConfigMap>([Maps.New("n", "a", 1)], "10", "page-2"))
            .WillList(_ => new ListResult<V1ConfigMap>([Maps.New("n", "b", 2)], "10", null));
        await StartAsync();

        _informer.Store.Count.Should().Be(2);
        _server.Lists.Last().Should().BeEquivalentTo(new { Continue = "page-2", ResourceVersion = (string?)null, Limit = (int?)500 });
    }

    [Fact]
    public async Task A_watch_that_ends_goes_on_where_it_was_bookmarks_included()
    {
        _server.WillList(10);
        var watch = await StartAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        watch.Send(WatchEventType.Added, Maps.New("n", "a", 12)).Bookmark(20).Close();

        (await _server.NextWatchAsync()).Options.ResourceVersion.Should().Be("20");
        _server.Lists.Should().HaveCount(1);
        _clock.PendingTimers.Should().Be(0, "the end of a watch is no reason to wait");
    }

    [Fact]
    public async Task What_is_replayed_is_not_told_again()
    {
        _server.WillList(10, Maps.New("n", "a", 5), Maps.New("n", "deleted", 6));
        var watch = await StartAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        watch.Send(WatchEventType.Added, Maps.New("n", "a", 5))
            .Send(WatchEventType.Modified, Maps.New("n", "a", 4))
            .Send(WatchEventType.Deleted, Maps.New("n", "a", 3))
            .Send(WatchEventType.Deleted, Maps.New("n", "never-known", 11))
            .Send(WatchEventType.Deleted, Maps.New("n", "deleted", 12))
            .Send(WatchEventType.Added, Maps.New("n", "deleted", 6))
            .Send(WatchEventType.Deleted, Maps.New("n", "deleted", 12))
            .Send(WatchEventType.Added, Maps.New("n", "end", 13));

        await ToldAsync("initial Added a 5", "initial Added deleted 6", "Deleted deleted 12", "Added end 13");
        watch.Close();
        (await _server.NextWatchAsync()).Options.ResourceVersion.Should().Be("13", "replays do not set it back");
    }

    [Fact]
    public async Task Objects_that_go_at_the_same_version_as_those_of_a_lease_do_all_go()
    {
        _server.WillList(10, Maps.New("n", "a", 5), Maps.New("n", "b", 6));
        var watch = await StartAsync();
        watch.Send(WatchEventType.Deleted, Maps.New("n", "a", 11)).Send(WatchEventType.Deleted, Maps.New("n", "b", 11));

        await ToldAsync("initial Added a 5", "initial Added b 6", "Deleted a 11", "Deleted b 11");
    }

    [Fact]
    public async Task A_list_after_the_first_must_not_be_older_than_what_is_known()
    {
        _server.WillList(10).WillList(20);
        var watch = await StartAsync();
        watch.Bookmark(15).Fail(ScriptedResource.Gone());
        await _server.NextWatchAsync();

        _server.Lists.Last().Should().BeEquivalentTo(new { ResourceVersion = "15", Limit = (int?)null, Continue = (string?)null });
    }

    [Fact]
    public async Task Watches_that_bring_something_and_close_at_once_are_opened_no_faster_than_the_first_wait()
    {
        var version = 10;
        _server.OnWatch = w => w.Send(WatchEventType.Added, Maps.New("n", "a", ++version)).Close();
        _server.WillList(10);
        _running = _informer.RunAsync(_stop.Token);

        await SecondsPassAsync(20);
        _server.Watches.Should().BeInRange(20, 21);
    }

    [Fact]
    public async Task Watches_that_bring_nothing_new_and_close_at_once_are_opened_ever_more_slowly()
    {
        _server.OnWatch = static w => w.Bookmark(10).Close();
        _server.WillList(10);
        _running = _informer.RunAsync(_stop.Token);

        await SecondsPassAsync(60);
        _server.Watches.Should().BeInRange(6, 7);
    }

    [Fact]
    public async Task Watches_that_bring_something_and_end_with_list_again_are_opened_ever_more_slowly()
    {
        var version = 10;
        _server.OnWatch = w => w.Send(WatchEventType.Added, Maps.New("n", "a", ++version)).Fail(ScriptedResource.Gone());
        for (var i = 0; i < 100; i++)
        {
            _server.WillList(_ => new ListResult<V1ConfigMap>([Maps.New("n", "a", version)], $"{version}", null));
        }

        _running = _informer.RunAsync(_stop.Token);
        await SecondsPassAsync(60);
        _server.Lists.Should().HaveCountLessThan(10);
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_longer_than_the_backoff_is_waited_for_and_not_for_ever()
    {
        static ApiException Busy(int seconds) =>
            new("LIST", HttpStatusCode.TooManyRequests, new V1Status(), TimeSpan.FromSeconds(seconds));
        _server.WillList(_ => throw Busy(60)).WillList(_ => throw Busy(86400)).WillList(10);
        _running = _informer.RunAsync(_stop.Token);
        await SecondsPassAsync(59);
        _server.Lists.Should().HaveCount(1);
        await SecondsPassAsync(120);
        _server.Lists.Should().HaveCount(2);
        await SecondsPassAsync(1);
        await _server.NextWatchAsync();
    }

    [Fact]
    public async Task When_history_is_forgotten_it_lists_again_and_tells_what_it_missed()
    {
        _server.WillList(10, Maps.New("n", "same", 1), Maps.New("n", "changed", 2), Maps.New("n", "gone", 3), Maps.New("n", "anew", 4));
        var watch = await StartAsync();
        var anew = Maps.New("n", "anew", 30);
        anew.Metadata.Uid = "another";
        _server.WillList(40, Maps.New("n", "same", 1), Maps.New("n", "changed", 20), anew, Maps.New("n", "new", 35));
        watch.Fail(ScriptedResource.Gone());

        var next = await _server.NextWatchAsync();
        next.Options.ResourceVersion.Should().Be("40");
        Told().Skip(4).Should().Equal("Updated changed 20 was 2", "Deleted anew 4", "Added anew 30", "Added new 35", "Deleted gone 3");
        _informer.Store.Count.Should().Be(4);
    }

    [Fact]
    public async Task A_cache_that_is_itself_too_old_is_passed_over_and_a_server_that_always_says_so_is_not_stormed()
    {
        _server.OnWatch = static w => w.Fail(ScriptedResource.Gone());
        for (var i = 0; i < 100; i++)
        {
            _server.WillList(10);
        }

        _running = _informer.RunAsync(_stop.Token);
        await Eventually.BeTrueAsync(() => _clock.PendingTimers == 1, Patience, () => $"it waits; it listed {_server.Lists.Count} times");

        _server.Lists.Select(static l => l.ResourceVersion).Should().Equal("0", null);
        await SecondsPassAsync(60);
        _server.Lists.Should().HaveCountLessThan(10);
    }

    [Fact]
    public async Task Watches_that_close_at_once_and_say_nothing_are_opened_ever_more_slowly()
    {
        var opened = new List<double>();
        var start = _clock.GetUtcNow();
        _server.OnWatch = w =>
        {
            opened.Add((_clock.GetUtcNow() - start).TotalSeconds);
            w.Close();
        };
        _server.WillList(10);
        _running = _informer.RunAsync(_stop.Token);

        await SecondsPassAsync(100);
        opened.Should().Equal(0, 1, 3, 7, 15, 31, 61, 91);
        _server.Lists.Should().HaveCount(1);
    }

    [Fact]
    public async Task A_quiet_watch_that_stood_for_a_while_is_in_order_and_failures_before_it_are_forgotten()
    {
        _server.OnWatch = static w => w.Fail(new IOException("broken"));
        _server.WillList(10);
        _running = _informer.RunAsync(_stop.Token);
        await SecondsPassAsync(5);
        await _server.NextWatchAsync();
        await _server.NextWatchAsync();
        await _server.NextWatchAsync();
        _server.OnWatch = null;
        await SecondsPassAsync(2);
        var quiet = await _server.NextWatchAsync();
        _clock.Advance(TimeSpan.FromMinutes(5));
        quiet.Close();
        quiet = await _server.NextWatchAsync();
        _clock.PendingTimers.Should().Be(0);
        _clock.Advance(TimeSpan.FromMinutes(5));
        quiet.Fail(new TimeoutException("nothing came"));
        await Eventually.BeTrueAsync(() => _clock.PendingTimers == 1, Patience, "it waits after the failure");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _server.NextWatchAsync();
    }

    [Fact]
    public async Task Servers_that_are_away_are_tried_again_and_what_came_before_is_kept()
    {
        _server.WillList(_ => throw new HttpRequestException("refused"))
            .WillList(_ => throw new ApiException("LIST", HttpStatusCode.InternalServerError, new V1Status()))
            .WillList(_ => throw new InvalidDataException("a proxy's words"))
            .WillList(10, Maps.New("n", "a", 1));
        _running = _informer.RunAsync(_stop.Token);
        await SecondsPassAsync(6);
        _server.Lists.Should().HaveCount(3);
        _informer.Synced.IsCompleted.Should().BeFalse();
        await SecondsPassAsync(1);

        var watch = await _server.NextWatchAsync();
        watch.Fail(new IOException("reset"));
        await Eventually.BeTrueAsync(() => _clock.PendingTimers == 1, Patience, "it waits");
        _informer.Store.Count.Should().Be(1);
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await _server.NextWatchAsync()).Options.ResourceVersion.Should().Be("10");
        _log.Entries.Should().NotContain(static e => e.Level > Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public async Task A_mistake_of_ours_is_not_tried_again()
    {
        _server.WillList(_ => throw new InvalidCastException("a bug"));
        _running = Task.CompletedTask;
        var running = () => _informer.RunAsync(_stop.Token);
        await running.Should().ThrowAsync<InvalidCastException>();
    }

    [Fact]
    public async Task A_page_token_that_expired_starts_the_list_anew_from_etcd()
    {
        _server.WillList(_ => new ListResult<V1ConfigMap>([Maps.New("n", "a", 1)], "10", "page-2"))
            .WillList(_ => throw ScriptedResource.Gone())
            .WillList(20, Maps.New("n", "b", 15));
        await StartAsync();

        _server.Lists.Last().ResourceVersion.Should().BeNull();
        _informer.Store.List().Should().ContainSingle().Which.Metadata.Name.Should().Be("b");
    }

    [Fact]
    public async Task An_object_that_was_deleted_and_made_again_is_two_objects()
    {
        _server.WillList(10, Maps.New("n", "a", 5));
        var watch = await StartAsync();
        var anew = Maps.New("n", "a", 12);
        anew.Metadata.Uid = "another";
        watch.Send(WatchEventType.Modified, anew);

        await ToldAsync("initial Added a 5", "Deleted a 5", "Added a 12");
    }

    [Fact]
    public async Task What_one_wrote_oneself_is_known_at_once_and_not_told()
    {
        _server.WillList(10, Maps.New("n", "a", 5));
        var watch = await StartAsync();

        _informer.Observe(Maps.New("n", "a", 11));
        _informer.Store.Get(new ObjectKey("n", "a"))!.Metadata.ResourceVersion.Should().Be("11");
        watch.Send(WatchEventType.Modified, Maps.New("n", "a", 11)).Send(WatchEventType.Modified, Maps.New("n", "a", 12));
        await ToldAsync("initial Added a 5", "Updated a 12 was 11");
    }

    [Fact]
    public async Task What_one_wrote_does_not_bring_back_what_was_deleted_since_nor_undo_what_was_changed_since()
    {
        _server.WillList(10, Maps.New("n", "a", 5), Maps.New("n", "b", 6));
        var watch = await StartAsync();
        watch.Send(WatchEventType.Deleted, Maps.New("n", "a", 15)).Send(WatchEventType.Modified, Maps.New("n", "b", 16));
        await ToldAsync("initial Added a 5", "initial Added b 6", "Deleted a 15", "Updated b 16 was 6");

        _informer.Observe(Maps.New("n", "a", 12));
        _informer.Observe(Maps.New("n", "b", 13));
        _informer.Store.Get(new ObjectKey("n", "a")).Should().BeNull();
        _informer.Store.Get(new ObjectKey("n", "b"))!.Metadata.ResourceVersion.Should().Be("16");
    }

    [Fact]
    public async Task What_one_wrote_survives_a_list_from_before_it_and_not_one_from_after_it()
    {
        _server.WillList(10);
        var watch = await StartAsync();
        _informer.Observe(Maps.New("n", "a", 30));

        _server.WillList(20);
        watch.Fail(ScriptedResource.Gone());
        watch = await _server.NextWatchAsync();
        _informer.Store.Count.Should().Be(1);

        _server.WillList(40);
        _clock.Advance(TimeSpan.FromSeconds(1));
        watch.Bookmark(21).Fail(ScriptedResource.Gone());
        await _server.NextWatchAsync();
        _informer.Store.Count.Should().Be(0);
    }

    [Fact]
    public void What_one_wrote_before_the_first_list_is_left_to_the_list()
    {
        _informer.Observe(Maps.New("n", "a", 30));
        _informer.Store.Count.Should().Be(0);
    }

    [Fact]
    public async Task Who_subscribes_late_is_told_what_is_known()
    {
        _server.WillList(10, Maps.New("n", "a", 5));
        await StartAsync();
        var late = new List<InformerEvent<V1ConfigMap>>();
        _informer.Subscribe(late.Add);
        late.Should().ContainSingle().Which.Should().Match<InformerEvent<V1ConfigMap>>(e => e.Initial && e.Type == InformerEventType.Added);
    }

    [Fact]
    public async Task An_opened_watch_is_a_sign_of_life_even_when_nothing_comes()
    {
        _server.WillList(10);
        var watch = await StartAsync();
        _clock.Advance(TimeSpan.FromMinutes(9));
        watch.Fail(new TimeoutException("nothing came"));
        await Eventually.BeTrueAsync(() => _clock.PendingTimers == 1, Patience, "it waits");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _server.NextWatchAsync();
        _informer.LastContact.Should().Be(_clock.GetUtcNow());
    }

    [Fact]
    public async Task Objects_are_transformed_before_they_are_kept_and_told()
    {
        _server.WillList(10, Maps.New("n", "a", 5, ("big", "value")));
        var informer = new SharedInformer<V1ConfigMap>(
            _server,
            new InformerOptions<V1ConfigMap>
            {
                Transform = static m =>
                {
                    m.Data = null;
                    return m;
                },
            },
            _log,
            _clock);
        _running = informer.RunAsync(_stop.Token);
        var watch = await _server.NextWatchAsync();
        watch.Send(WatchEventType.Added, Maps.New("n", "b", 11, ("big", "value")));
        await Eventually.BeTrueAsync(() => informer.Store.Count == 2, Patience, "b is known");
        informer.Store.List().Should().OnlyContain(static m => m.Data == null);
    }

    [Fact]
    public async Task A_factory_makes_one_informer_for_each_kind_and_scope()
    {
        var client = NSubstitute.Substitute.For<IKubernetesClient>();
        NSubstitute.SubstituteExtensions.Returns(client.Resource<V1ConfigMap>(Arg<EntityType>()), _server);
        var factory = new SharedInformerFactory(client, new TestLogger<SharedInformerFactory>());

        var all = factory.Get<V1ConfigMap>();
        factory.Get<V1ConfigMap>().Should().BeSameAs(all);
        var one = factory.Get(new InformerOptions<V1ConfigMap> { Scope = new ListOptions("n", "a=b") });
        one.Should().NotBeSameAs(all);
        factory.Get(new InformerOptions<V1ConfigMap> { Scope = new ListOptions("n", "a=b") }).Should().BeSameAs(one);
        factory.Informers.Should().HaveCount(2);
        await Task.CompletedTask;

        static T Arg<T>() => NSubstitute.Arg.Any<T>();
    }

    private async Task<ScriptedWatch> StartAsync()
    {
        _running = _informer.RunAsync(_stop.Token);
        return await _server.NextWatchAsync();
    }

    /// <summary>Lets time pass a second at a time while the informer waits for it.</summary>
    private async Task SecondsPassAsync(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            await Eventually.BeTrueAsync(() => _clock.PendingTimers == 1, Patience, "the informer waits");
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private string[] Told()
    {
        lock (_told)
        {
            return [.. _told];
        }
    }

    private async Task ToldAsync(params string[] expected)
    {
        await Eventually.BeTrueAsync(() => Told().Length >= expected.Length, Patience, () => $"{expected.Length} changes are told: {string.Join("; ", Told())}");
        Told().Should().Equal(expected);
    }
}
