using DotMac.Kubernetes.Events;
using DotMac.Operator.Auditing;
using DotMac.Operator.Callers;
using DotMac.Operator.Configuration;
using DotMac.Operator.Egress;
using DotMac.Operator.Health;
using DotMac.Operator.Secrets;

namespace DotMac.Operator.Reconciliation;

/// <summary>What a reconcile knows besides the resource itself.</summary>
/// <param name="Options">What the operator was told.</param>
/// <param name="Keys">How callers are known.</param>
/// <param name="Health">What plugins said last.</param>
/// <param name="Events">Tells people.</param>
/// <param name="Clock">The time.</param>
internal sealed record ReconcileContext(OperatorOptions Options, ClusterKeySource Keys, IHealthStore Health, IEventRecorder Events, TimeProvider Clock)
{
    /// <summary>Vault; null when the operator was given no address.</summary>
    public IPluginVault? Vault { get; init; }

    /// <summary>Records what is done; null where nobody wants to know.</summary>
    public PluginAudit? Audit { get; init; }

    /// <summary>What plugins use; null when nobody reads it.</summary>
    public IUsageStore? Usage { get; init; }

    /// <summary>Looks up the hosts of egress rules; null where rules are to stay wide.</summary>
    public EgressResolver? Egress { get; init; }
}
