using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Plugins.Resources.Serialization;

/// <summary>How resources become JSON: in one way everywhere, or what was written would differ from what is compared.</summary>
public static class ResourceJson
{
    /// <summary>Kubernetes' kinds and our own.</summary>
    public static JsonSerializerOptions Options { get; } = KubernetesJson.Create(ResourcesJsonContext.Default);

    /// <summary>A value as a JSON object.</summary>
    public static JsonObject Object<T>(T value) => JsonSerializer.SerializeToNode(value, Options.TypeInfo<T>())!.AsObject();
}
