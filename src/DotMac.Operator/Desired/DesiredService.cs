using DotMac.Kubernetes.Models;
using DotMac.Plugins.Contract;

namespace DotMac.Operator.Desired;

/// <summary>The address at which a plugin is called.</summary>
internal static class DesiredService
{
    public const string PortName = "http";

    public static V1Service Of(DesiredInputs inputs) => new()
    {
        Metadata = ChildMetadata.Of(inputs),
        Spec = new V1ServiceSpec
        {
            Type = "ClusterIP",
            Selector = ChildMetadata.Selector(inputs),
            Ports = [new V1ServicePort { Name = PortName, Port = ContractPorts.Http, TargetPort = PortName, Protocol = "TCP" }],
        },
    };
}
