using System.Text.Json;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;
using DotMac.Operator.Callers;
using DotMac.Operator.Configuration;
using DotMac.Operator.Desired;
using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Operator.Tests.Support;

/// <summary>Resources as users write them, and what the operator makes of them.</summary>
internal static class Given
{
    public const string Tenant = "acme";
    public const string Namespace = "tenant-acme";
    public const string Uid = "5d3c2b1a-0000-4000-8000-000000000001";

    public static readonly DateTimeOffset Now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static ClusterKeys Keys { get; } =
        new("https://kubernetes.default.svc", Json("""{"keys":[{"kty":"RSA","kid":"one","n":"AQAB","e":"AQAB"}]}"""));

    public static JsonElement Json(string text) => JsonElement.Parse(text);

    public static T Read<T>(string json) => JsonSerializer.Deserialize(json, ResourceJson.Options.TypeInfo<T>())!;

    public static V1Namespace NamespaceOf(string? tenant = Tenant, string name = Namespace) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            Labels = tenant is null ? null : new Dictionary<string, string> { [Labels.Tenant] = tenant },
        },
    };

    public static TenantPlugin Plugin(string spec = """{"plugin":"twilio"}""", string name = "twilio", string ns = Namespace) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Namespace = ns, Uid = Uid, Generation = 3, ResourceVersion = "7" },
        Spec = Read<TenantPluginSpec>(spec),
    };

    /// <summary>A catalog entry; its versions are JSON.</summary>
    public static PluginDefinition Definition(string? versions = null, string name = "twilio") => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Generation = 1, ResourceVersion = "5" },
        Spec = Read<PluginDefinitionSpec>(
            $$"""{"category":"communication","versions":{{versions ?? """[{"version":"1.0.0","image":"ghcr.io/dotmac/plugin-twilio:1.0.0"}]"""}}}"""),
    };

    public static Evaluation Evaluation(TenantPlugin plugin, PluginDefinition? definition = null, string? tenant = Tenant) =>
        Evaluator.Of(plugin, NamespaceOf(tenant), definition ?? Definition(name: plugin.Spec.Plugin ?? "twilio"));

    public static DesiredInputs Inputs(
        string spec = """{"plugin":"twilio"}""",
        PluginDefinition? definition = null,
        OperatorOptions? options = null,
        string tenant = Tenant,
        string name = "twilio",
        ClusterKeys? keys = null)
    {
        var plugin = Plugin(spec, name);
        var evaluation = Evaluation(plugin, definition, tenant);
        evaluation.Config.Message.Should().Be("The config fits the schema");
        return new DesiredInputs(
            plugin, evaluation.Effective, [.. evaluation.References.Select(static r => r.Reference)], tenant, keys, options ?? new OperatorOptions());
    }

    /// <summary>The one object of a kind that the inputs become.</summary>
    public static T Desired<T>(DesiredInputs inputs)
        where T : IKubernetesEntity => DesiredState.Of(inputs).OfType<T>().Should().ContainSingle().Subject;

    /// <summary>An object as it goes over the wire.</summary>
    public static byte[] Bytes(IKubernetesEntity entity) =>
        JsonSerializer.SerializeToUtf8Bytes(entity, KubernetesJson.Default.GetTypeInfo(entity.GetType()));

    /// <summary>An object in the form in which informers of children hold it.</summary>
    public static Unstructured Raw(IKubernetesEntity entity) =>
        JsonSerializer.Deserialize(Bytes(entity), KubernetesJson.Default.TypeInfo<Unstructured>())!;
}
