using DotMac.Kubernetes.Models;

namespace DotMac.Operator.Health;

/// <summary>Asks one pod.</summary>
internal interface IPodProbe
{
    /// <summary>Asks; never fails, for a pod that does not answer is an answer.</summary>
    Task<ProbeResult> AskAsync(V1Pod pod, CancellationToken cancellationToken);
}
