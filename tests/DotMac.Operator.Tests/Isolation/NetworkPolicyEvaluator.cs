using System.Net;
using DotMac.Kubernetes.Models;

namespace DotMac.Operator.Tests.Isolation;

/// <summary>
/// What a network that implements NetworkPolicies lets through, written down from
/// https://kubernetes.io/docs/concepts/services-networking/network-policies and the reference of the API. Policies add up; a pod that none selects
/// for a direction is open in it; a connection must be let out on one side and in on the other.
/// </summary>
/// <param name="policies">The policies of the cluster.</param>
/// <param name="blocksMatchPods">
/// Whether blocks of addresses match pods too. The documentation leaves that open, and networks differ: what is to be refused must be refused
/// with it, what is to be allowed must be allowed without.
/// </param>
internal sealed class NetworkPolicyEvaluator(IEnumerable<V1NetworkPolicy> policies, bool blocksMatchPods)
{
    private readonly IReadOnlyList<V1NetworkPolicy> _policies = [.. policies];

    /// <summary>Whether a connection comes about.</summary>
    public bool Allows(NetworkEndpoint from, NetworkEndpoint to, int port, string protocol = "TCP") =>
        LetsOut(from, to, port, protocol) && LetsIn(from, to, port, protocol);

    private bool LetsOut(NetworkEndpoint from, NetworkEndpoint to, int port, string protocol)
    {
        var own = Selecting(from, "Egress").ToList();
        return own.Count == 0 || own.Any(policy => policy.Spec!.Egress?.Any(rule =>
            Matches(rule.Ports, port, protocol) && Matches(rule.To, to, policy.Metadata.Namespace!)) == true);
    }

    private bool LetsIn(NetworkEndpoint from, NetworkEndpoint to, int port, string protocol)
    {
        var own = Selecting(to, "Ingress").ToList();
        return own.Count == 0 || own.Any(policy => policy.Spec!.Ingress?.Any(rule =>
            Matches(rule.Ports, port, protocol) && Matches(rule.From, from, policy.Metadata.Namespace!)) == true);
    }

    private IEnumerable<V1NetworkPolicy> Selecting(NetworkEndpoint endpoint, string direction) => _policies.Where(policy =>
        endpoint.IsPod
        && policy.Metadata.Namespace == endpoint.Namespace
        && Matches(policy.Spec!.PodSelector!, endpoint.Labels)
        && Types(policy.Spec).Contains(direction));

    // Without types: always ingress, and egress when there are rules of it.
    private static IEnumerable<string> Types(V1NetworkPolicySpec spec) =>
        spec.PolicyTypes ?? (spec.Egress is { Count: > 0 } ? ["Ingress", "Egress"] : ["Ingress"]);

    // No ports, or an empty list of them, is every port.
    private static bool Matches(IList<V1NetworkPolicyPort>? ports, int port, string protocol) =>
        ports is not { Count: > 0 } || ports.Any(p =>
            (p.Protocol ?? "TCP") == protocol
            && (p.Port is not { } first || (p.EndPort is { } last ? port >= first.Number && port <= last : port == first.Number)));

    // No peers, or an empty list of them, is everybody.
    private bool Matches(IList<V1NetworkPolicyPeer>? peers, NetworkEndpoint endpoint, string ns) =>
        peers is not { Count: > 0 } || peers.Any(peer => Matches(peer, endpoint, ns));

    private bool Matches(V1NetworkPolicyPeer peer, NetworkEndpoint endpoint, string ns)
    {
        if (peer.IpBlock is { } block)
        {
            return (blocksMatchPods || !endpoint.IsPod)
                && IPNetwork.Parse(block.Cidr!).Contains(endpoint.Address)
                && block.Except?.Any(except => IPNetwork.Parse(except).Contains(endpoint.Address)) != true;
        }

        // Selectors know pods alone. A selector of pods alone means those of the policy's namespace; both together mean both.
        return endpoint.IsPod
            && (peer.NamespaceSelector is { } namespaces ? Matches(namespaces, endpoint.NamespaceLabels) : endpoint.Namespace == ns)
            && (peer.PodSelector is not { } pods || Matches(pods, endpoint.Labels));
    }

    private static bool Matches(V1LabelSelector selector, IReadOnlyDictionary<string, string> labels) =>
        selector.MatchLabels?.All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value) != false
        && selector.MatchExpressions?.All(expression => Matches(expression, labels)) != false;

    private static bool Matches(V1LabelSelectorRequirement expression, IReadOnlyDictionary<string, string> labels)
    {
        var value = labels.TryGetValue(expression.Key!, out var found) ? found : null;
        return expression.Operator switch
        {
            "In" => value is not null && expression.Values!.Contains(value),
            "NotIn" => value is null || !expression.Values!.Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            var other => throw new NotSupportedException(other),
        };
    }
}
