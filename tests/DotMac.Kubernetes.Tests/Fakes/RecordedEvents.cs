using System.Collections.Concurrent;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Events;

namespace DotMac.Kubernetes.Tests.Fakes;

/// <summary>Keeps events instead of writing them.</summary>
internal sealed class RecordedEvents : IEventRecorder
{
    public ConcurrentQueue<(string Type, string Reason, string Note)> All { get; } = new();

    public void Normal(IKubernetesEntity regarding, string reason, string action, string note) => All.Enqueue(("Normal", reason, note));

    public void Warning(IKubernetesEntity regarding, string reason, string action, string note) => All.Enqueue(("Warning", reason, note));
}
