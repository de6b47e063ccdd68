namespace DotMac.Testing.Cluster;

/// <summary>What a control plane consists of.</summary>
public sealed record ControlPlaneOptions
{
    /// <summary>Whether kube-controller-manager runs: garbage collection, namespace deletion, service accounts, ReplicaSets.</summary>
    public bool ControllerManager { get; init; }

    /// <summary>Further arguments of kube-apiserver.</summary>
    public IReadOnlyList<string> ApiServerArguments { get; init; } = [];

    /// <summary>How long each server may take to be ready.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(90);
}
