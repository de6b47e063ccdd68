using System.Globalization;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Tests.Fakes;

/// <summary>ConfigMaps with a version, as a server would send them.</summary>
internal static class Maps
{
    /// <summary>A ConfigMap. Each pair becomes one entry whose value is <c>key=value</c>, so that pairs may share a key.</summary>
    public static V1ConfigMap New(string ns, string name, int version, params (string Key, string Value)[] data) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Namespace = ns,
            Name = name,
            Uid = $"uid-{name}",
            ResourceVersion = version.ToString(CultureInfo.InvariantCulture),
        },
        Data = data.Select(static (d, i) => (Name: $"{d.Key}-{i}", Text: $"{d.Key}={d.Value}")).ToDictionary(static d => d.Name, static d => d.Text),
    };
}
