using System.Text.Json.Nodes;

namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>Manifests and where the API server keeps them.</summary>
internal static class Manifests
{
    public const string ValidAccount = "AC0123456789abcdef0123456789abcdef";

    private static readonly Dictionary<string, string> Plurals = new()
    {
        ["Namespace"] = "namespaces",
        ["ServiceAccount"] = "serviceaccounts",
        ["ClusterRole"] = "clusterroles",
        ["ClusterRoleBinding"] = "clusterrolebindings",
        ["Role"] = "roles",
        ["RoleBinding"] = "rolebindings",
        ["Service"] = "services",
        ["ValidatingWebhookConfiguration"] = "validatingwebhookconfigurations",
        ["MutatingWebhookConfiguration"] = "mutatingwebhookconfigurations",
        ["PluginDefinition"] = "plugindefinitions",
        ["TenantPlugin"] = "tenantplugins",
    };

    public static string PathOf(JsonNode manifest)
    {
        var version = manifest["apiVersion"]!.GetValue<string>();
        var root = version.Contains('/', StringComparison.Ordinal) ? $"apis/{version}" : $"api/{version}";
        var ns = manifest["metadata"]!["namespace"]?.GetValue<string>();
        var place = ns is null ? root : $"{root}/namespaces/{ns}";
        return $"{place}/{Plurals[manifest["kind"]!.GetValue<string>()]}/{manifest["metadata"]!["name"]!.GetValue<string>()}";
    }

    /// <summary>A TenantPlugin of Twilio whose credentials are in no secret, so that it needs none.</summary>
    public static JsonObject Twilio(string ns, string name = "twilio", JsonObject? config = null) => new()
    {
        ["apiVersion"] = "plugins.dotmac.io/v1alpha1",
        ["kind"] = "TenantPlugin",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns },
        ["spec"] = new JsonObject { ["plugin"] = "twilio", ["config"] = config ?? Config() },
    };

    /// <summary>A definition of any config, with versions as JSON.</summary>
    public static JsonObject Definition(string name, string versions) => new()
    {
        ["apiVersion"] = "plugins.dotmac.io/v1alpha1",
        ["kind"] = "PluginDefinition",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject { ["versions"] = JsonNode.Parse(versions) },
    };

    /// <summary>A config that fits the schema; its token comes from the environment.</summary>
    public static JsonObject Config(string phoneNumber = "+15005550006") => new()
    {
        ["accountSid"] = ValidAccount,
        ["authToken"] = "${env:TWILIO_TOKEN}",
        ["phoneNumber"] = phoneNumber,
    };
}
