using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Queue;
using DotMac.Testing;
using DotMac.Testing.Cluster;
using DotMac.Testing.Faults;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Fixture;

/// <summary>A namespace, somebody who changes it, and an informer that watches it through a <see cref="FaultProxy"/>, until disposed.</summary>
internal sealed class Watched : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly KubernetesClient _direct;
    private readonly KubernetesClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly WatchedOptions _options;
    private readonly string _ns;
    private readonly ControllerManager _manager;
    private Churn? _churn;
    private Task _running = Task.CompletedTask;

    private Watched(ControlPlane cluster, FaultProxy proxy, string ns, WatchedOptions options)
    {
        _options = options;
        _ns = ns;
        Proxy = proxy;
        _direct = cluster.CreateClient();
        var configuration = options.Configure?.Invoke(proxy) ?? proxy.Configuration();
        _client = new KubernetesClient(configuration with { RequestTimeout = options.RequestTimeout });
        Direct = _direct.Resource<V1ConfigMap>();
        Writer = new Writer(Direct, ns) { Keeps = options.Keeps };
        History = new History<V1ConfigMap> { Keeps = options.Keeps };
        var informers = new SharedInformerFactory(_client, Log);
        Informer = informers.Get(new InformerOptions<V1ConfigMap>
        {
            Scope = Scope,
            Watch = new WatchOptions { IdleTimeout = options.IdleTimeout },
            Backoff = options.Backoff,
            Transform = options.Transform,
        });
        Informer.Subscribe(History.Tell);
        _manager = new ControllerManager(_client, informers, NullEventRecorder.Instance, ControllerLog);
        _manager.AddController(
            "faults",
            Informer,
            Reconciler,
            options: new ControllerOptions { Backoff = new ExponentialBackoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(100)) });
    }

    public FaultProxy Proxy { get; }

    public Writer Writer { get; }

    public SharedInformer<V1ConfigMap> Informer { get; }

    public History<V1ConfigMap> History { get; }

    /// <summary>What the informer says.</summary>
    public TailLogger Log { get; } = new();

    /// <summary>What the controller says, which is much: its reconciler fails now and then.</summary>
    public TailLogger ControllerLog { get; } = new();

    public CountingReconciler Reconciler { get; } = new();

    /// <summary>The server, without the proxy.</summary>
    public IResource<V1ConfigMap> Direct { get; }

    /// <summary>The server, through the proxy.</summary>
    public KubernetesClient Client => _client;

    public ListOptions Scope => new(_ns, _options.LabelSelector, _options.FieldSelector);

    public static async Task<Watched> StartAsync(ControlPlane cluster, WatchedOptions options)
    {
        var proxy = await FaultProxy.StartAsync(cluster, options.Proxy);
        var watched = new Watched(cluster, proxy, await cluster.CreateNamespaceAsync("faults"), options);
        foreach (var name in options.Names.Take(3))
        {
            await watched.Writer.PutAsync(name);
        }

        watched._running = watched._manager.RunAsync(watched._stop.Token);
        await watched.Informer.Synced.WaitAsync(Patience);
        await watched.WatchIsOpenAsync();
        watched.Resume();
        return watched;
    }

    /// <summary>Changes go on.</summary>
    public void Resume() => _churn ??= _options.Pace > TimeSpan.Zero ? new Churn(Writer, _options.Names, _options.Pace, _options.Seed) : null;

    /// <summary>Changes stop.</summary>
    public async Task PauseAsync()
    {
        if (_churn is not null)
        {
            await _churn.DisposeAsync();
            _churn = null;
        }
    }

    /// <summary>Waits until so many more changes were made.</summary>
    public Task ChangesAsync(int count)
    {
        var until = Writer.Changes + count;
        return Eventually.BeTrueAsync(() => Alive() && Writer.Changes >= until, Patience, () => $"{count} changes are made");
    }

    /// <summary>Waits until a time has passed since something.</summary>
    public static Task PassAsync(TimeSpan time)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        return Eventually.BeTrueAsync(() => System.Diagnostics.Stopwatch.GetElapsedTime(started) >= time, time + Patience, "time passes");
    }

    public Task WatchIsOpenAsync() => Eventually.BeTrueAsync(() => Alive() && Proxy.OpenWatches > 0, Patience, () => $"a watch is open; log:\n{Log.Text}");

    /// <summary>Waits until the informer knows something that was done after this call.</summary>
    public async Task RecoversAsync(TimeSpan deadline)
    {
        await PauseAsync();
        var name = _options.Names[0];
        var version = await Writer.PutAsync(name);
        await Eventually.BeTrueAsync(
            () => Alive() && Informer.Store.Get(new ObjectKey(_ns, name))?.Metadata.ResourceVersion == version,
            deadline,
            () => $"the informer knows {name} {version}; log:\n{Log.Text}");
        Resume();
    }

    /// <summary>Stops the changes and waits until the store equals what the server has; then looks into what was told.</summary>
    /// <param name="deadline">How long that may take.</param>
    /// <param name="complete">Whether every single change must have been told, as when no list came in between.</param>
    public async Task AgreesAsync(TimeSpan deadline, bool complete)
    {
        await PauseAsync();
        var fresh = (await Direct.ListAsync(Scope)).Items;
        var expected = Versions(fresh);
        await Eventually.BeTrueAsync(
            () => Alive() && Versions(Informer.Store.List()).SetEquals(expected),
            deadline,
            () => $"the store equals the list; only in the store: {string.Join(' ', Versions(Informer.Store.List()).Except(expected))}; "
                + $"only in the list: {string.Join(' ', expected.Except(Versions(Informer.Store.List())))}; log:\n{Log.Text}");
        if (_options.Transform is null)
        {
            Informer.Store.List().Should().BeEquivalentTo(fresh);
        }

        History.Violations.Should().BeEmpty();
        History.Present.Select(static p => (p.Key.Name, p.Value)).Should().BeEquivalentTo(fresh.Select(static m => (m.Metadata.Name, m.Metadata.ResourceVersion)));

        // A key that waits for its next try is looked at again soon.
        var final = fresh.ToDictionary(ObjectKey.Of, static m => m.Metadata.ResourceVersion!);
        await Eventually.BeTrueAsync(
            () => Alive() && Reconciler.Seen is var seen && seen.Count == final.Count && final.All(f => seen.GetValueOrDefault(f.Key) == f.Value),
            deadline,
            () => $"every final state is reconciled: {string.Join(' ', Reconciler.Seen)} instead of {string.Join(' ', final)}; log:\n{ControllerLog.Text}");
        Reconciler.Overlaps.Should().Be(0, "one object is never worked on twice at once");
        if (!_options.Keeps)
        {
            return;
        }

        var told = History.Told.ToLookup(static c => c.Key);
        foreach (var done in Writer.Journal.GroupBy(static c => c.Key))
        {
            if (complete)
            {
                told[done.Key].Should().Equal(done, "every change of {0} is told, in order, and no other", done.Key.Name);
            }
            else if (_options.LabelSelector is null)
            {
                told[done.Key].Where(static c => c.Version is not null).Select(static c => c.Version)
                    .Should().BeSubsetOf(done.Select(static c => c.Version), "no version of {0} is invented", done.Key.Name);
            }
        }

        told.Select(static c => c.Key).Should().BeSubsetOf(Writer.Journal.Select(static c => c.Key), "no object is invented");
    }

    public async ValueTask DisposeAsync()
    {
        await PauseAsync();
        await _stop.CancelAsync();
        await _running;
        _manager.Dispose();
        _client.Dispose();
        _direct.Dispose();
        await Proxy.DisposeAsync();
        _stop.Dispose();
    }

    private static HashSet<(string?, string?)> Versions(IEnumerable<V1ConfigMap> maps) =>
        [.. maps.Select(static m => (m.Metadata.Name, m.Metadata.ResourceVersion))];

    // An informer that ended by itself is a failure at once, and says why.
    private bool Alive() => _running.IsCompleted
        ? throw new InvalidOperationException($"the informer ended; log:\n{Log.Text}", _running.Exception)
        : true;
}
