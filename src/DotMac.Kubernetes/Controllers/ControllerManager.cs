using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Informers;
using Microsoft.Extensions.Logging;

namespace DotMac.Kubernetes.Controllers;

/// <summary>Starts informers, waits for their caches, starts controllers; and stops them in the opposite order.</summary>
public sealed class ControllerManager : IDisposable
{
    private static readonly TimeSpan SilentFor = TimeSpan.FromMinutes(10);

    private readonly IKubernetesClient _client;
    private readonly SharedInformerFactory _informers;
    private readonly ControllerServices _services;
    private readonly ILogger _logger;
    private readonly List<IController> _controllers = [];
    private readonly List<Action> _subscriptions = [];
    private volatile bool _synced;

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

    /// <summary>Whether all caches are filled and the controllers work.</summary>
    public bool IsReady => _synced;

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
        _subscriptions.Add(() => controller.WatchEntities(builder.Predicate));
        _controllers.Add(controller);
        return controller;
    }

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
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Informers stop after the controllers, which may still want to read the caches while they finish.
        using var informersStop = new CancellationTokenSource();
        foreach (var subscribe in _subscriptions)
        {
            subscribe();
        }

        var informers = _informers.Informers;
        var watching = informers.Select(informer => informer.RunAsync(informersStop.Token)).ToArray();
        try
        {
            await WaitForSyncAsync(informers, watching, cancellationToken).ConfigureAwait(false);
            _synced = true;
            _logger.LogInformation("Caches of {Kinds} kinds are in sync", informers.Count);
            using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var controllers = _controllers.Select(controller => controller.RunAsync(failed.Token)).ToArray();

            // None of these ends by itself: one that does has met a mistake of ours, and the process must not go on half alive.
            var first = await Task.WhenAny([.. controllers, .. watching]).ConfigureAwait(false);
            await failed.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(controllers).ConfigureAwait(false);
            await first.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop before it had started.
        }
        finally
        {
            _synced = false;
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
