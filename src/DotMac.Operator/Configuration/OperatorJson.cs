using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Serialization;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Operator.Configuration;

/// <summary>How the operator's resources become JSON: in one way everywhere, or what was written would differ from what is compared.</summary>
internal static class OperatorJson
{
    /// <summary>Kubernetes' kinds and our own.</summary>
    public static JsonSerializerOptions Options { get; } = KubernetesJson.Create(ResourcesJsonContext.Default);

    /// <summary>A value as a JSON object.</summary>
    public static JsonObject Object<T>(T value) => JsonSerializer.SerializeToNode(value, Options.TypeInfo<T>())!.AsObject();
}
