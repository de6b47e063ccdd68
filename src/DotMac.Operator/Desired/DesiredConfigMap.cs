using System.Text;
using System.Text.Json;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Callers;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Desired;

/// <summary>The plugin's config, its references unresolved, and who may call. No secret value is ever in it.</summary>
internal static class DesiredConfigMap
{
    public static V1ConfigMap Of(DesiredInputs inputs)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Mounts.ConfigFileName] = Encoding.UTF8.GetString(CanonicalJson.Of(inputs.Effective.Config)),
        };
        if (inputs.Effective.CallerAuthentication == CallerAuthentication.None)
        {
            data[Mounts.CallersFileName] = JsonSerializer.Serialize(new CallersFile(Anonymous: true), ContractJsonContext.Default.CallersFile);
        }
        else if (inputs.Keys is { } keys)
        {
            var callers = inputs.Effective.Callers.Select(static c => new AllowedCaller(c.Namespace, c.ServiceAccount)).ToArray();
            data[Mounts.CallersFileName] = JsonSerializer.Serialize(
                new CallersFile(keys.Issuer, ContractAudience.Plugins, callers, keys.Jwks), ContractJsonContext.Default.CallersFile);
        }

        if (AgentSidecar.IsWanted(inputs))
        {
            data[AgentSidecar.InitFile] = AgentConfiguration.Of(inputs, once: true);
            data[AgentSidecar.File] = AgentConfiguration.Of(inputs, once: false);
        }

        return new V1ConfigMap { Metadata = ChildMetadata.Of(inputs), Data = data };
    }
}
