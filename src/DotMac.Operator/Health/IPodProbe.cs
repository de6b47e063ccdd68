using DotMac.Kubernetes.Models;

namespace DotMac.Operator.Health;

/// <summary>Asks one pod.</summary>
internal interface IPodProbe
{
    /// <summary>Asks; never fails, for a pod that does not answer is an answer.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="fresh">Whether it is to run its checks first; then it may take its time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ProbeResult> AskAsync(V1Pod pod, bool fresh, CancellationToken cancellationToken);
}
