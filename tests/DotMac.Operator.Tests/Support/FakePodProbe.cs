using System.Collections.Concurrent;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Health;
using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Tests.Support;

/// <summary>Pods that answer as the test says.</summary>
internal sealed class FakePodProbe : IPodProbe
{
    /// <summary>Who was asked.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What a pod answers.</summary>
    public Func<string, ProbeResult> Answer { get; set; } = static pod => Says(pod, PluginState.Active);

    public static ProbeResult Says(string pod, PluginState state, long calls = 0) =>
        new(pod, new PluginStatusReport(State: state, Metrics: new PluginMetrics(calls)), null);

    public static ProbeResult Silent(string pod) => new(pod, null, "the connection failed");

    /// <summary>Who was asked to run its checks first.</summary>
    public ConcurrentQueue<string> Fresh { get; } = new();

    public Task<ProbeResult> AskAsync(V1Pod pod, bool fresh, CancellationToken cancellationToken)
    {
        if (fresh)
        {
            Fresh.Enqueue(pod.Metadata.Name!);
        }

        Asked.Enqueue(pod.Metadata.Name!);
        return Task.FromResult(Answer(pod.Metadata.Name!));
    }
}
