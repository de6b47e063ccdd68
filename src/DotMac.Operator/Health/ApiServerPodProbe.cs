using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>Asks pods through the API server's proxy, for an operator that runs outside the cluster.</summary>
internal sealed class ApiServerPodProbe(IKubernetesClient client) : IPodProbe
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan FreshDeadline = TimeSpan.FromSeconds(14);

    public async Task<ProbeResult> AskAsync(V1Pod pod, bool fresh, CancellationToken cancellationToken)
    {
        var name = pod.Metadata.Name ?? string.Empty;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var patience = fresh ? FreshDeadline : Deadline;
        deadline.CancelAfter(patience);
        try
        {
            var path = $"api/v1/namespaces/{pod.Metadata.Namespace}/pods/{name}:{ContractPorts.Http}/proxy{(fresh ? ContractPaths.FreshStatus : ContractPaths.Status)}";
            return StatusAnswer.Read(name, await client.GetRawAsync(path, StatusReader.MaxBytes, deadline.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeResult(name, null, $"no answer within {patience.TotalSeconds:0} s");
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
