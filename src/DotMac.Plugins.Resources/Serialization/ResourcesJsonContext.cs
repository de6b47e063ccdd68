using System.Text.Json.Serialization;

namespace DotMac.Plugins.Resources.Serialization;

/// <summary>
/// Generated (de)serializers of the custom resources. Combine with the kinds of Kubernetes:
/// <c>KubernetesJson.Create(ResourcesJsonContext.Default)</c>.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TenantPlugin))]
[JsonSerializable(typeof(TenantPluginStatus))]
[JsonSerializable(typeof(PluginDefinition))]
[JsonSerializable(typeof(PluginDefinitionStatus))]
public sealed partial class ResourcesJsonContext : JsonSerializerContext;
