using System.Text.Json;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.IntegrationTests.Fixture;

internal static class WidgetJson
{
    public static JsonSerializerOptions Options { get; } = KubernetesJson.Create(WidgetJsonContext.Default);
}
