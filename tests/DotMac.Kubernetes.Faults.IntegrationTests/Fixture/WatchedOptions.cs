using DotMac.Kubernetes.Configuration;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Queue;
using DotMac.Testing.Faults;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Fixture;

/// <summary>How a <see cref="Watched"/> is put together.</summary>
internal sealed record WatchedOptions
{
    /// <summary>The proxy.</summary>
    public FaultProxyOptions Proxy { get; init; } = new();

    /// <summary>How the client finds it, when not as the proxy says.</summary>
    public Func<FaultProxy, KubernetesClientConfiguration>? Configure { get; init; }

    /// <summary>The informer's waits; those of connections, eight times as fast.</summary>
    public ExponentialBackoff Backoff { get; init; } = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2), Jitter: 0.5);

    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(3);

    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    public Func<V1ConfigMap, V1ConfigMap>? Transform { get; init; }

    /// <summary>The objects that come and go.</summary>
    public IReadOnlyList<string> Names { get; init; } = ["a", "b", "c", "d", "e", "f"];

    /// <summary>Between two changes; zero for none but those that the test makes.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(25);

    public int Seed { get; init; } = 1;

    /// <summary>Whether all that was done and told is kept.</summary>
    public bool Keeps { get; init; } = true;
}
