using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.LeaderElection;
using Microsoft.Extensions.Logging;

namespace DotMac.Kubernetes.Controllers;

/// <summary>
/// Starts informers, waits for their caches, waits to lead if there is an election, starts controllers; and stops them in the opposite
/// order. While it stands by, its caches are kept up to date and nothing else is done.
/// </summary>
public sealed class ControllerManager : IDisposable
{
    private static readonly TimeSpan SilentFor = TimeSpan.FromMinutes(10);

    private readonly IKubernetesClient _client;
    private readonly SharedInformerFactory _informers;
    private readonly ControllerServices _services;
    private readonly ILogger _logger;
    private readonly List<IController> _controllers = [];
    private readonly List<Func<CancellationToken, Task>> _beside = [];
    private readonly List<Func<CancellationToken, Task>> _withCaches = [];
    private volatile bool _synced;
    private volatile bool _leads;

    /// <summary>A manager without controllers.</summary>
    public ControllerManager(
        IKubernetesClient client,
        SharedInformerFactory informers,
        IEventRecorder events,
        ILogger<ControllerManager> logger,
        TimeProvider? clock = null)
    {
        _client = client;
        _informers = informers;
        _logger = logger;
        _services = new ControllerServices(events, logger, clock ?? TimeProvider.System);
    }

    /// <summary>How long caches may take to fill before the start counts as failed.</summary>
    public TimeSpan CacheSyncTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Decides whether this process works or stands by; null when it is the only one.</summary>
    public ILeaderElector? LeaderElector { get; init; }

    /// <summary>Whether all caches are filled: the controllers work, or could at any moment.</summary>
    public bool IsReady => _synced;

    /// <summary>Whether the controllers work.</summary>
    public bool IsLeading => _leads;

    /// <summary>Adds a controller; to be called before <see cref="RunAsync"/>.</summary>
    /// <param name="name">Its name, for logs and metrics.</param>
    /// <param name="informer">Its entities.</param>
    /// <param name="reconciler">What it does.</param>
    /// <param name="configure">What else it watches.</param>
    /// <param name="options">How it works.</param>
    public Controller<TEntity> AddController<TEntity>(
        string name,
        SharedInformer<TEntity> informer,
        IEntityController<TEntity> reconciler,
        Action<ControllerBuilder<TEntity>>? configure = null,
        ControllerOptions? options = null)
        where TEntity : class, IKubernetesEntity
    {
        var resource = _client.Resource<TEntity>(informer.Type);
        var controller = new Controller<TEntity>(name, informer, resource, reconciler, options ?? new ControllerOptions(), _services);
        var builder = new ControllerBuilder<TEntity>(controller, informer.Type);
        configure?.Invoke(builder);
        controller.WatchEntities(builder.Predicate);
        _controllers.Add(controller);
        return controller;
    }

    /// <summary>Runs something beside the controllers, only while they work; to be called before <see cref="RunAsync"/>.</summary>
    /// <param name="run">Runs until cancelled, which is after the last reconcile has ended.</param>
    public void RunBeside(Func<CancellationToken, Task> run) => _beside.Add(run);

    /// <summary>Runs something that reads the caches, from when they are filled, whether this process leads or stands by; to be called before <see cref="RunAsync"/>.</summary>
    /// <param name="run">Runs until cancelled, which is after the last reconcile has ended.</param>
    public void RunWithCaches(Func<CancellationToken, Task> run) => _withCaches.Add(run);

    /// <summary>What is wrong, or null: a watch that has heard nothing, a worker that is stuck.</summary>
    public string? Unhealthy()
    {
        var now = _services.Clock.GetUtcNow();
        foreach (var informer in _informers.Informers)
        {
            if (now - informer.LastContact > SilentFor)
            {
                return $"the watch of {informer.Type} has heard nothing from the API server since {informer.LastContact:u}";
            }
        }

        return _controllers.FirstOrDefault(static c => c.LongestReconcile > c.StalledAfter) is { } stuck
            ? $"a reconcile of {stuck.Name} has been running for {stuck.LongestReconcile.TotalSeconds:0} s"
            : null;
    }

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="TimeoutException">The caches did not fill.</exception>
    /// <exception cref="LeadershipLostException">Another process may lead.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Informers stop after the controllers, which may still want to read the caches while they finish.
        using var informersStop = new CancellationTokenSource();
        var informers = _informers.Informers;
        var watching = informers.Select(informer => informer.RunAsync(informersStop.Token)).ToArray();
        using var withCachesStop = new CancellationTokenSource();
        Task[] withCaches = [];
        try
        {
            await WaitForSyncAsync(informers, watching, cancellationToken).ConfigureAwait(false);
            _synced = true;
            _logger.LogInformation("Caches of {Kinds} kinds are in sync", informers.Count);
            withCaches = [.. _withCaches.Select(run => run(withCachesStop.Token))];
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var leading = LeaderElector is { } elector ? elector.RunAsync(LeadAsync, stop.Token) : LeadAsync(stop.Token, CancellationToken.None);

            // None of these ends by itself: one that does has met a mistake of ours, and the process must not go on half alive.
            var first = await Task.WhenAny([leading, .. watching, .. withCaches]).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            await leading.ConfigureAwait(false);
            await first.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop before it had started.
        }
        finally
        {
            _synced = false;
            await withCachesStop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(withCaches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await informersStop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var controller in _controllers.OfType<IDisposable>())
        {
            controller.Dispose();
        }
    }

    private async Task LeadAsync(CancellationToken cancellationToken, CancellationToken lost)
    {
        // What runs beside the controllers ends after them, for they may still need it; what must end at once ends at once.
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var besideStop = CancellationTokenSource.CreateLinkedTokenSource(lost);
        _leads = true;
        var beside = _beside.Select(run => run(besideStop.Token)).ToArray();
        var controllers = _controllers.Select(controller => controller.RunAsync(failed.Token, lost)).ToArray();
        try
        {
            var first = await Task.WhenAny([.. controllers, .. beside]).ConfigureAwait(false);
            var asked = cancellationToken.IsCancellationRequested || lost.IsCancellationRequested;
            await failed.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(controllers).ConfigureAwait(false);
            if (!asked)
            {
                await first.ConfigureAwait(false);
            }
        }
        finally
        {
            _leads = false;
            await besideStop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(beside).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WaitForSyncAsync(IReadOnlyList<IInformer> informers, Task[] watching, CancellationToken cancellationToken)
    {
        var synced = Task.WhenAll(informers.Select(static i => i.Synced));
        try
        {
            var first = await Task.WhenAny([synced, .. watching]).WaitAsync(CacheSyncTimeout, _services.Clock, cancellationToken)
                .ConfigureAwait(false);
            await first.ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var missing = informers.Where(static i => !i.Synced.IsCompleted).Select(static i => i.Type.ToString());
            throw new TimeoutException(
                $"these caches did not fill within {CacheSyncTimeout.TotalSeconds:0} s: {string.Join(", ", missing)}; " +
                "see the log for the reason: a missing CustomResourceDefinition or a missing right, most often");
        }
    }
}
