using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.IntegrationTests.Fixture;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.IntegrationTests.Controllers;

/// <summary>Gives every Widget a ConfigMap that says its size; writes only what is not so yet.</summary>
internal sealed class WidgetReconciler(IKubernetesClient client, SharedInformer<V1ConfigMap> maps) : IEntityController<Widget>
{
    private int _reconciles;

    public int Reconciles => Volatile.Read(ref _reconciles);

    public async Task<ReconciliationResult> ReconcileAsync(Widget entity, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reconciles);
        var size = entity.Spec.Size.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (maps.Store.Get(ObjectKey.Of(entity))?.Data?["size"] == size)
        {
            return ReconciliationResult.Done;
        }

        var written = await client.Resource<V1ConfigMap>().ApplyAsync(
            new V1ConfigMap
            {
                Metadata = new V1ObjectMeta
                {
                    Namespace = entity.Metadata.Namespace,
                    Name = entity.Metadata.Name,
                    OwnerReferences =
                    [
                        new V1OwnerReference
                        {
                            ApiVersion = entity.ApiVersion,
                            Kind = entity.Kind,
                            Name = entity.Metadata.Name,
                            Uid = entity.Metadata.Uid,
                            Controller = true,
                        },
                    ],
                },
                Data = new Dictionary<string, string> { ["size"] = size },
            },
            new ApplyOptions("widgets"),
            cancellationToken);
        maps.Observe(written);
        return ReconciliationResult.Done;
    }
}
