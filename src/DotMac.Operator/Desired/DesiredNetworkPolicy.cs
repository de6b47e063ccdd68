using DotMac.Kubernetes.Models;
using DotMac.Operator.Configuration;
using DotMac.Plugins.Contract;

namespace DotMac.Operator.Desired;

/// <summary>
/// Who may talk to a plugin and whom it may talk to. A NetworkPolicy knows addresses, not names: a declared host outside the cluster
/// opens its ports towards every address outside, but never towards the nodes' metadata services; one inside opens them towards pods.
/// </summary>
internal static class DesiredNetworkPolicy
{
    // Set by Kubernetes itself from 1.21 on; older clusters need it set by hand on the namespaces that are to call.
    private const string NamespaceName = "kubernetes.io/metadata.name";
    private const int DefaultVaultPort = 8200;

    public static V1NetworkPolicy Of(DesiredInputs inputs) => new()
    {
        Metadata = ChildMetadata.Of(inputs),
        Spec = new V1NetworkPolicySpec
        {
            PodSelector = new V1LabelSelector { MatchLabels = ChildMetadata.Selector(inputs) },
            PolicyTypes = ["Ingress", "Egress"],
            Ingress = [.. Ingress(inputs)],
            Egress = [.. Egress(inputs)],
        },
    };

    private static IEnumerable<V1NetworkPolicyIngressRule> Ingress(DesiredInputs inputs)
    {
        var from = new List<V1NetworkPolicyPeer> { Namespace(inputs.Options.OperatorNamespace) };
        foreach (var ns in inputs.Effective.Callers.Select(static c => c.Namespace).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            from.Add(ns == inputs.Namespace ? new V1NetworkPolicyPeer { PodSelector = new V1LabelSelector() } : Namespace(ns));
        }

        yield return new V1NetworkPolicyIngressRule { From = from, Ports = [Tcp(ContractPorts.Http)] };
        if (inputs.Effective.Ingress is not null)
        {
            // Which namespace the ingress controller lives in is not ours to know; the Ingress exposes the webhooks' path alone.
            yield return new V1NetworkPolicyIngressRule
            {
                From = [new V1NetworkPolicyPeer { NamespaceSelector = new V1LabelSelector() }],
                Ports = [Tcp(ContractPorts.Http)],
            };
        }
    }

    private static IEnumerable<V1NetworkPolicyEgressRule> Egress(DesiredInputs inputs)
    {
        // To any address: caches of names on the nodes listen on link-local ones.
        yield return new V1NetworkPolicyEgressRule { Ports = [new V1NetworkPolicyPort { Protocol = "UDP", Port = 53 }, Tcp(53)] };
        if (inputs.UsesVault)
        {
            // Vault may be inside or outside, and on port 80 as the metadata services are.
            yield return new V1NetworkPolicyEgressRule { To = [EveryPod, Outside], Ports = [Tcp(VaultPort(inputs.Options.Vault))] };
        }

        foreach (var inside in new[] { true, false })
        {
            var ports = inputs.Effective.Egress
                .Where(rule => IsInside(rule.Host) == inside)
                .SelectMany(static rule => rule.Ports)
                .Distinct()
                .Order()
                .Select(Tcp)
                .ToList();
            if (ports.Count > 0)
            {
                yield return new V1NetworkPolicyEgressRule { To = [inside ? EveryPod : Outside], Ports = ports };
            }
        }
    }

    private static V1NetworkPolicyPeer EveryPod => new() { NamespaceSelector = new V1LabelSelector() };

    // 169.254.0.0/16 is where clouds serve the node's own credentials.
    private static V1NetworkPolicyPeer Outside => new() { IpBlock = new V1IPBlock { Cidr = "0.0.0.0/0", Except = ["169.254.0.0/16"] } };

    // A name of the cluster's DNS: of a service, alone, with its namespace, or in full.
    private static bool IsInside(string host) =>
        !host.Contains('.', StringComparison.Ordinal)
        || host.EndsWith(".svc", StringComparison.Ordinal)
        || host.EndsWith(".cluster.local", StringComparison.Ordinal);

    private static int VaultPort(VaultOptions vault) => vault.Address?.Port ?? DefaultVaultPort;

    private static V1NetworkPolicyPeer Namespace(string name) => new()
    {
        NamespaceSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { [NamespaceName] = name } },
    };

    private static V1NetworkPolicyPort Tcp(int port) => new() { Protocol = "TCP", Port = port };
}
