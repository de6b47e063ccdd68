using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.Plugins.Resources;

namespace DotMac.Cli.Doctor;

/// <summary>Judges what the API server says of the parts of an installation. Pure; null stands for what is not there.</summary>
internal static class Judgements
{
    /// <summary>The Lease by which the operator's replicas agree.</summary>
    public const string Lease = "dotmac-operator";

    // The operator renews it every two seconds, and another replica takes it after fifteen.
    private static readonly TimeSpan LeaseIsOld = TimeSpan.FromSeconds(30);

    /// <summary>The server's version, <c>/version</c>.</summary>
    public static Finding Server(JsonNode? version)
    {
        var text = Text(version?["gitVersion"]) ?? "?";
        return int.TryParse(Text(version?["minor"])?.TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var minor) && Text(version?["major"]) == "1" && minor < 20
            ? new Finding("API server", Verdict.Bad, $"{text} answers", "Kubernetes 1.20 or newer is needed")
            : new Finding("API server", Verdict.Good, $"{text} answers");
    }

    /// <summary>A CustomResourceDefinition.</summary>
    public static Finding Definition(string name, JsonNode? definition)
    {
        if (definition is null)
        {
            return new Finding(name, Verdict.Bad, "is not defined", "kubectl apply --server-side -f crds");
        }

        var established = definition["status"]?["conditions"]?.AsArray().FirstOrDefault(static c => Text(c?["type"]) == "Established");
        return Text(established?["status"]) == "True"
            ? new Finding(name, Verdict.Good, "is defined")
            : new Finding(name, Verdict.Bad, "is defined and not served yet", $"kubectl describe crd {name}");
    }

    /// <summary>A Deployment.</summary>
    /// <param name="part">What it is called here.</param>
    /// <param name="deployment">It.</param>
    /// <param name="apply">How it is installed.</param>
    /// <param name="isNeeded">Whether nothing works without it.</param>
    public static Finding Deployment(string part, JsonNode? deployment, string apply, bool isNeeded)
    {
        if (deployment is null)
        {
            return new Finding(part, isNeeded ? Verdict.Bad : Verdict.Warning, "is not installed", apply);
        }

        var (wanted, available) = (Number(deployment["spec"]?["replicas"]) ?? 1, Number(deployment["status"]?["availableReplicas"]) ?? 0);
        var message = string.Create(CultureInfo.InvariantCulture, $"{available} of {wanted} replicas are available");
        var advice = $"kubectl -n {Text(deployment["metadata"]?["namespace"])} describe deployment {Text(deployment["metadata"]?["name"])}, and logs";
        return available >= wanted && wanted > 0 ? new Finding(part, Verdict.Good, message)
            : available > 0 ? new Finding(part, Verdict.Warning, message, advice)
            : new Finding(part, Verdict.Bad, message, wanted == 0 ? $"kubectl -n {Text(deployment["metadata"]?["namespace"])} scale deployment {Text(deployment["metadata"]?["name"])} --replicas=1" : advice);
    }

    /// <summary>The Lease of the replica that works.</summary>
    public static Finding Leader(JsonNode? lease, DateTimeOffset now)
    {
        const string Part = "Leader";
        if (Text(lease?["spec"]?["holderIdentity"]) is not { Length: > 0 } holder || !Time(lease!["spec"]!["renewTime"], out var renewed))
        {
            return new Finding(Part, Verdict.Bad, "no replica works", $"the operator's logs say why; it needs the Role for the Lease {Lease} (config/operator/rbac.yaml)");
        }

        var age = now - renewed;
        return age <= LeaseIsOld
            ? new Finding(Part, Verdict.Good, $"{holder} works")
            : new Finding(Part, Verdict.Bad, string.Create(CultureInfo.InvariantCulture, $"{holder} has not been heard of for {age.TotalSeconds:0} s"), "the operator's logs say why; clocks that differ look like this too");
    }

    /// <summary>The ValidatingWebhookConfiguration.</summary>
    public static Finding Webhook(JsonNode? configuration)
    {
        const string Part = "Webhook";
        if (configuration is null)
        {
            return new Finding(Part, Verdict.Warning, "is not installed: mistakes are told by the status alone", "kubectl apply -f config/operator/webhook.yaml");
        }

        var hooks = configuration["webhooks"]?.AsArray() ?? [];
        return hooks.Count > 0 && hooks.All(static hook => Text(hook?["clientConfig"]?["caBundle"]) is { Length: > 0 })
            ? new Finding(Part, Verdict.Good, "is installed and has its certificate")
            : new Finding(Part, Verdict.Warning, "has no certificate yet, so that it is not asked", "the operator fills it in; its logs say why it has not");
    }

    /// <summary>The catalog.</summary>
    public static Finding Catalog(IReadOnlyList<PluginDefinition> definitions) => definitions.Count > 0
        ? new Finding("Catalog", Verdict.Good, string.Create(CultureInfo.InvariantCulture, $"{definitions.Count} plugins can be installed"))
        : new Finding("Catalog", Verdict.Warning, "is empty", "kubectl apply -f config/catalog");

    /// <summary>The tenants.</summary>
    public static Finding Tenants(int count) => count > 0
        ? new Finding("Tenants", Verdict.Good, string.Create(CultureInfo.InvariantCulture, $"{count} namespaces are tenants'"))
        : new Finding("Tenants", Verdict.Warning, "there is none", $"kubectl label namespace tenant-acme {Labels.Tenant}=acme");

    /// <summary>What is installed.</summary>
    public static Finding Plugins(IReadOnlyList<TenantPlugin> plugins)
    {
        const int Shown = 5;
        var ill = plugins.Where(static plugin => plugin.Status?.Phase is PluginPhase.Failed or PluginPhase.Degraded).Select(static plugin => $"{plugin.Metadata.Namespace}/{plugin.Metadata.Name}").Order(StringComparer.Ordinal).ToList();
        var unseen = plugins.Count(static plugin => plugin.Status?.ObservedGeneration is null);
        var message = string.Create(CultureInfo.InvariantCulture, $"{plugins.Count} are installed");
        return ill.Count > 0
                ? new Finding("Plugins", Verdict.Warning, $"{message}; {string.Join(", ", ill.Take(Shown))}{(ill.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $" and {ill.Count - Shown} more") : string.Empty)} {(ill.Count == 1 ? "is" : "are")} not well", $"dotmac plugin status {ill[0].Split('/')[1]} -n {ill[0].Split('/')[0]}")
            : unseen > 0 ? new Finding("Plugins", Verdict.Warning, string.Create(CultureInfo.InvariantCulture, $"{message}; the operator has not looked at {unseen}"), "wait a moment; if it stays so, see the operator and the leader above")
            : new Finding("Plugins", Verdict.Good, message);
    }

    /// <summary>Whether the operator was told of a Vault.</summary>
    public static Finding Vault(JsonNode? deployment)
    {
        var arguments = deployment?["spec"]?["template"]?["spec"]?["containers"]?.AsArray()
            .SelectMany(static container => container?["args"]?.AsArray() ?? []).Select(Text).OfType<string>().ToList() ?? [];
        var address = arguments.FirstOrDefault(static argument => argument.StartsWith("--vault-address=", StringComparison.Ordinal))?["--vault-address=".Length..]
            ?? (arguments.IndexOf("--vault-address") is var at and >= 0 && at + 1 < arguments.Count ? arguments[at + 1] : null);
        return address is null
            ? new Finding("Vault", Verdict.Warning, "the operator was told of none: plugins with ${vault:…} wait", "start it with --vault-address (docs/security.md), or use ${secret:name/key}")
            : new Finding("Vault", Verdict.Good, $"the operator uses {address}");
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    private static bool Time(JsonNode? node, out DateTimeOffset time) => DateTimeOffset.TryParse(Text(node), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
