using DotMac.Admin.Problems;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Revisions;

namespace DotMac.Admin.Tenants;

/// <summary>Reads the revisions of a plugin when somebody asks: seldom, so that they are not watched.</summary>
internal sealed class RevisionReader(IKubernetesClient client)
{
    /// <summary>Those of a plugin, newest first.</summary>
    /// <exception cref="ProblemException">They cannot be read now.</exception>
    public async Task<IReadOnlyList<Revision>> OfAsync(TenantPlugin plugin, CancellationToken cancellationToken)
    {
        try
        {
            var list = await client.Resource<V1ControllerRevision>().ListAsync(
                new ListOptions(plugin.Metadata.Namespace, LabelSelector: $"app.kubernetes.io/managed-by={ResourceNames.FieldManager}"), cancellationToken);
            return Revision.Of(list.Items, plugin.Metadata.Uid);
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or IOException or TimeoutException)
        {
            throw Refuse.Unavailable($"the revisions cannot be read: {(e as ApiException)?.Status.Message ?? "the API server cannot be reached"}");
        }
    }
}
