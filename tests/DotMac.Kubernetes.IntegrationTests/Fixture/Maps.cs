using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.IntegrationTests.Fixture;

/// <summary>ConfigMaps: the simplest objects there are.</summary>
internal static class Maps
{
    public static V1ConfigMap New(string ns, string name, params (string Key, string Value)[] data) => new()
    {
        Metadata = new V1ObjectMeta { Namespace = ns, Name = name },
        Data = data.Length == 0 ? null : data.ToDictionary(static d => d.Key, static d => d.Value),
    };
}
