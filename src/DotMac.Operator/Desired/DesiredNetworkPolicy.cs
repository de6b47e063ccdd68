using DotMac.Kubernetes.Models;
using DotMac.Operator.Configuration;
using DotMac.Operator.Egress;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Operator.Desired;

/// <summary>
/// Who may talk to a plugin and whom it may talk to. A NetworkPolicy knows addresses, not names: a declared host outside the cluster
/// opens its ports towards every public address, or towards those that it was found at where names are looked up; one inside opens them towards
/// pods, and one that is an address or a range opens just that.
/// Nothing opens the nodes' metadata services, nor IPv6 outside the cluster.
/// </summary>
internal static class DesiredNetworkPolicy
{
    // Set by Kubernetes itself from 1.21 on; older clusters need it set by hand on the namespaces that are to call.
    private const string NamespaceName = "kubernetes.io/metadata.name";
    private const int DefaultVaultPort = 8200;

    // No address looks like these.
    private const string InsideKey = "";
    private const string OutsideKey = "*";
    private const char Separator = ' ';

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

        // The plugin serves its metrics on the port of everything else, whose other paths ask for a token.
        from.AddRange(inputs.Options.MetricsNamespaces
            .Where(ns => ns != inputs.Options.OperatorNamespace && inputs.Effective.Callers.All(caller => caller.Namespace != ns))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(Namespace));
        yield return new V1NetworkPolicyIngressRule { From = from, Ports = [Tcp(ContractPorts.Http)] };
        if (inputs.Effective.Ingress is not null)
        {
            // Without being told where the ingress controller lives: from everywhere. The Ingress exposes the webhooks' path alone, and every other path asks
            // for a token.
            var controllers = inputs.Options.IngressNamespaces;
            yield return new V1NetworkPolicyIngressRule
            {
                From = controllers.Count == 0 ? [EveryPod] : [.. controllers.Select(Namespace)],
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
            yield return new V1NetworkPolicyEgressRule { To = [.. Platform(inputs.Options.Vault.Address)], Ports = [Tcp(VaultPort(inputs.Options.Vault))] };
        }

        if (inputs.Options.PluginOtlpEndpoint is { } collector)
        {
            yield return new V1NetworkPolicyEgressRule { To = [.. Platform(collector)], Ports = [Tcp(collector.Port)] };
        }

        // Hosts to which the same addresses belong share a rule: those inside, those outside, and each that is an address itself.
        // An address of the metadata services is no place at all.
        var places = inputs.Effective.Egress.Where(static rule => !IsForbidden(rule.Host)).GroupBy(rule => Place(rule.Host, inputs), StringComparer.Ordinal);
        foreach (var place in places.OrderBy(static place => place.Key, StringComparer.Ordinal))
        {
            yield return new V1NetworkPolicyEgressRule
            {
                To = [.. To(place.Key)],
                Ports =
                [
                    .. place
                        .SelectMany(static rule => rule.Ports.Select(port => (rule.Protocol, Port: port)))
                        .Distinct()
                        .Order()
                        .Select(static port => new V1NetworkPolicyPort { Protocol = EnumText.Of(port.Protocol), Port = port.Port }),
                ],
            };
        }
    }

    private static V1NetworkPolicyPeer EveryPod => new() { NamespaceSelector = new V1LabelSelector() };

    // What the platform itself runs may be inside or outside, and on private addresses: but where it is known by its address, only there.
    private static IEnumerable<V1NetworkPolicyPeer> Platform(Uri? address) => AddressRange.Of(address?.Host) is { } single
        ? [Block(OutsideAddresses.Within(single))]
        : [EveryPod, Block(OutsideAddresses.Any)];

    private static V1NetworkPolicyPeer Block(V1IPBlock block) => new() { IpBlock = block };

    private static bool IsForbidden(string host) => AddressRange.Of(host) is { } range && OutsideAddresses.IsMetadata(range);

    // A host that was found at addresses is those, separated by spaces; never an empty place, which a rule would read as every address there is.
    private static string Place(string host, DesiredInputs inputs) =>
        AddressRange.Of(host)
        ?? (EgressHosts.IsInside(host) ? InsideKey
            : inputs.EgressAddresses.TryGetValue(host, out var found) && found.Count > 0 ? string.Join(Separator, found)
            : OutsideKey);

    private static IEnumerable<V1NetworkPolicyPeer> To(string place) => place switch
    {
        InsideKey => [EveryPod],
        OutsideKey => [Block(OutsideAddresses.Public)],
        _ => place.Split(Separator).Select(static range => Block(OutsideAddresses.Within(range))),
    };

    private static int VaultPort(VaultOptions vault) => vault.Address?.Port ?? DefaultVaultPort;

    private static V1NetworkPolicyPeer Namespace(string name) => new()
    {
        NamespaceSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { [NamespaceName] = name } },
    };

    private static V1NetworkPolicyPort Tcp(int port) => new() { Protocol = "TCP", Port = port };
}
