using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Events;

/// <summary>Tells nobody.</summary>
public sealed class NullEventRecorder : IEventRecorder
{
    /// <summary>The one instance.</summary>
    public static NullEventRecorder Instance { get; } = new();

    /// <inheritdoc />
    public void Normal(IKubernetesEntity regarding, string reason, string action, string note)
    {
    }

    /// <inheritdoc />
    public void Warning(IKubernetesEntity regarding, string reason, string action, string note)
    {
    }
}
