using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.IntegrationTests.Guide;

/// <summary>Keeps a ConfigMap for each Greeting.</summary>
public sealed class GreetingController(
    IKubernetesClient client,
    SharedInformer<Greeting> greetings,
    SharedInformer<V1ConfigMap> maps) : IEntityController<Greeting>
{
    private static readonly ApplyOptions AsUs = new("greeting-controller");

    public async Task<ReconciliationResult> ReconcileAsync(Greeting greeting, CancellationToken cancellationToken)
    {
        if (greeting.Metadata.DeletionTimestamp is not null)
        {
            // The ConfigMap carries an ownerReference: the garbage collector takes it.
            return ReconciliationResult.Done;
        }

        var key = ObjectKey.Of(greeting);
        var text = $"Hello, {greeting.Spec.Name}!";

        // Read from the cache, write only what differs.
        if (maps.Store.Get(key)?.Data?["text"] != text)
        {
            maps.Observe(await client.Resource<V1ConfigMap>().ApplyAsync(Wanted(greeting, text), AsUs, cancellationToken));
        }

        if (greeting.Status?.ObservedGeneration != greeting.Metadata.Generation)
        {
            var patch = new JsonObject
            {
                // Only over the version that was looked at: a conflict is tried again with a newer one.
                ["metadata"] = new JsonObject { ["resourceVersion"] = greeting.Metadata.ResourceVersion },
                ["status"] = new JsonObject { ["observedGeneration"] = greeting.Metadata.Generation },
            };
            greetings.Observe(await client.Resource<Greeting>().PatchAsync(key, patch, "status", cancellationToken));
        }

        return ReconciliationResult.Done;
    }

    private static V1ConfigMap Wanted(Greeting greeting, string text) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = greeting.Metadata.Name,
            Namespace = greeting.Metadata.Namespace,
            OwnerReferences =
            [
                new V1OwnerReference
                {
                    ApiVersion = "example.com/v1",
                    Kind = "Greeting",
                    Name = greeting.Metadata.Name,
                    Uid = greeting.Metadata.Uid,
                    Controller = true,
                },
            ],
        },
        Data = new Dictionary<string, string> { ["text"] = text },
    };
}
