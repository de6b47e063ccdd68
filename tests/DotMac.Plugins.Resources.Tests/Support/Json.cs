using System.Text.Json;
using DotMac.Kubernetes.Serialization;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Plugins.Resources.Tests.Support;

/// <summary>JSON as the operator reads and writes it.</summary>
internal static class Json
{
    public static JsonSerializerOptions Options { get; } = KubernetesJson.Create(ResourcesJsonContext.Default);

    public static JsonElement Element(string json) => JsonElement.Parse(json);

    public static T Read<T>(string json) => JsonSerializer.Deserialize(json, Options.TypeInfo<T>())!;

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options.TypeInfo<T>());
}
