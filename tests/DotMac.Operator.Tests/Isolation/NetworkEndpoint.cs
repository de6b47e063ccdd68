using System.Net;

namespace DotMac.Operator.Tests.Isolation;

/// <summary>Somebody on the network: a pod, or an address that is none's.</summary>
/// <param name="Address">The address.</param>
internal sealed record NetworkEndpoint(IPAddress Address)
{
    /// <summary>The pod's namespace; null when it is no pod.</summary>
    public string? Namespace { get; init; }

    /// <summary>The labels of the pod's namespace.</summary>
    public IReadOnlyDictionary<string, string> NamespaceLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>The pod's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it is a pod with an address of its own; those of the host network are their node to policies.</summary>
    public bool IsPod => Namespace is not null;

    /// <summary>Somewhere that is no pod.</summary>
    public static NetworkEndpoint Host(string address) => new(IPAddress.Parse(address));

    /// <summary>A pod in a namespace that carries its name, as Kubernetes has it.</summary>
    public static NetworkEndpoint Pod(string address, string ns, IEnumerable<KeyValuePair<string, string>>? labels = null) => new(IPAddress.Parse(address))
    {
        Namespace = ns,
        NamespaceLabels = new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = ns },
        Labels = new Dictionary<string, string>(labels ?? []),
    };
}
