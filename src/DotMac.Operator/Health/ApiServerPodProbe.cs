using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>Asks pods through the API server's proxy, for an operator that runs outside the cluster.</summary>
internal sealed class ApiServerPodProbe(IKubernetesClient client) : IPodProbe
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(4);

    public async Task<ProbeResult> AskAsync(V1Pod pod, CancellationToken cancellationToken)
    {
        var name = pod.Metadata.Name ?? string.Empty;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            var path = $"api/v1/namespaces/{pod.Metadata.Namespace}/pods/{name}:{ContractPorts.Http}/proxy{ContractPaths.Status}";
            return StatusAnswer.Read(name, await client.GetRawAsync(path, StatusReader.MaxBytes, deadline.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeResult(name, null, $"no answer within {Deadline.TotalSeconds:0} s");
        }
        catch (ApiException e)
        {
            return new ProbeResult(name, null, $"HTTP {(int)e.Code} through the API server");
        }
        catch (HttpRequestException)
        {
            return new ProbeResult(name, null, "the API server was not reached");
        }
    }
}
