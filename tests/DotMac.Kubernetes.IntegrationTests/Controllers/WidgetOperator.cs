using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.IntegrationTests.Fixture;
using DotMac.Kubernetes.Models;
using DotMac.Testing;
using DotMac.Testing.Cluster;
using DotMac.Testing.Logging;
using Xunit.Abstractions;

namespace DotMac.Kubernetes.IntegrationTests.Controllers;

/// <summary>A whole operator for Widgets, put together as a real one is, running until disposed.</summary>
internal sealed class WidgetOperator : IAsyncDisposable
{
    public const string UserAgent = "widget-operator";

    private readonly KubernetesClient _client;
    private readonly ControllerManager _manager;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public WidgetOperator(ControlPlane cluster, string ns, ITestOutputHelper output)
    {
        _client = cluster.CreateClient(WidgetJson.Options, UserAgent);
        var informers = new SharedInformerFactory(_client, new TestLogger<SharedInformerFactory>(output));
        var scope = new ListOptions(ns);
        var widgets = informers.Get(new InformerOptions<Widget> { Scope = scope });
        var maps = informers.Get(new InformerOptions<V1ConfigMap> { Scope = scope });
        Reconciler = new WidgetReconciler(_client, maps);
        _manager = new ControllerManager(_client, informers, NullEventRecorder.Instance, new TestLogger<ControllerManager>(output));
        Controller = _manager.AddController("widgets", widgets, Reconciler, b => b.Owns(maps).Finalizer(Finalizer));
        _running = _manager.RunAsync(_stop.Token);
    }

    public WidgetFinalizer Finalizer { get; } = new();

    public WidgetReconciler Reconciler { get; }

    public Controller<Widget> Controller { get; }

    public Task ReadyAsync() => Eventually.BeTrueAsync(
        () => _running.IsFaulted ? throw _running.Exception! : _manager.IsReady, TimeSpan.FromSeconds(30), "the operator is ready");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _manager.Dispose();
        _stop.Dispose();
        _client.Dispose();
    }
}
