using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Configuration;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;
using Microsoft.Extensions.Logging;

namespace DotMac.Kubernetes.IntegrationTests.Guide;

/// <summary>A whole operator: what a Main would hold.</summary>
public static class GreetingOperator
{
    public static async Task RunAsync(KubernetesClientConfiguration configuration, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        using var client = new KubernetesClient(configuration, KubernetesJson.Create(GreetingJsonContext.Default));
        var informers = new SharedInformerFactory(client, logs.CreateLogger<SharedInformerFactory>());
        var events = new EventRecorder(client, "example.com/greeting", Environment.MachineName, logs.CreateLogger<EventRecorder>());
        using var manager = new ControllerManager(client, informers, events, logs.CreateLogger<ControllerManager>());

        var greetings = informers.Get<Greeting>();
        var maps = informers.Get<V1ConfigMap>();
        manager.AddController("greeting", greetings, new GreetingController(client, greetings, maps), builder => builder.Owns(maps));

        var telling = events.RunAsync(cancellationToken);
        await manager.RunAsync(cancellationToken);
        await telling;
    }
}
