using DotMac.Kubernetes.Models;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Desired;

/// <summary>Lets the vendor's callbacks in from outside, and nothing else.</summary>
internal static class DesiredIngress
{
    public static V1Ingress Of(DesiredInputs inputs, IngressSpec ingress) => new()
    {
        Metadata = ChildMetadata.Of(inputs),
        Spec = new V1IngressSpec
        {
            IngressClassName = string.IsNullOrEmpty(ingress.ClassName) ? null : ingress.ClassName,
            Tls = string.IsNullOrEmpty(ingress.TlsSecretName)
                ? null
                : [new V1IngressTLS { Hosts = [ingress.Host!], SecretName = ingress.TlsSecretName }],
            Rules =
            [
                new V1IngressRule
                {
                    Host = ingress.Host,
                    Http = new V1HTTPIngressRuleValue
                    {
                        Paths =
                        [
                            new V1HTTPIngressPath
                            {
                                Path = ContractPaths.Webhooks + "/",
                                PathType = "Prefix",
                                Backend = new V1IngressBackend
                                {
                                    Service = new V1IngressServiceBackend
                                    {
                                        Name = inputs.Name,
                                        Port = new V1ServiceBackendPort { Name = DesiredService.PortName },
                                    },
                                },
                            },
                        ],
                    },
                },
            ],
        },
    };
}
