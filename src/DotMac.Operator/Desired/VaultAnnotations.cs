using DotMac.Kubernetes.Models;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Desired;

/// <summary>What Vault's agent injector reads from a pod template. Source of the keys: vault-k8s, <c>agent-inject/agent/annotations.go</c>.</summary>
internal static class VaultAnnotations
{
    /// <summary>The volume that carries the token with which the agent logs in; its own token is all that a plugin's identity is worth.</summary>
    public const string TokenVolume = "vault-token";

    private const string Prefix = "vault.hashicorp.com/";

    public static IEnumerable<KeyValuePair<string, string>> Of(DesiredInputs inputs)
    {
        if (!inputs.UsesVault || inputs.Injection != VaultInjection.Injector)
        {
            yield break;
        }

        var vault = inputs.Options.Vault;
        yield return Annotation("agent-inject", "true");
        yield return Annotation("role", inputs.VaultRole);
        yield return Annotation("auth-path", inputs.VaultAuthPath);
        if (vault.Address is { } address)
        {
            yield return Annotation("service", address.AbsoluteUri.TrimEnd('/'));
        }

        // The agent starts first and fills the files before the plugin starts, as the plugin's own uid: the restricted profile holds.
        yield return Annotation("agent-init-first", "true");
        yield return Annotation("agent-pre-populate", "true");
        if (!inputs.RefreshesSecrets)
        {
            yield return Annotation("agent-pre-populate-only", "true");
        }

        yield return Annotation("agent-run-as-same-user", "true");
        yield return Annotation("agent-service-account-token-volume-name", TokenVolume);
        foreach (var (kind, amounts) in new[] { ("requests", vault.AgentResources.Requests), ("limits", vault.AgentResources.Limits) })
        {
            yield return Annotation($"agent-{kind}-cpu", Amount(amounts, "cpu"));
            yield return Annotation($"agent-{kind}-mem", Amount(amounts, "memory"));
            yield return Annotation($"agent-{kind}-ephemeral", Amount(amounts, "ephemeral-storage"));
        }

        if (vault.Namespace is { } ns)
        {
            yield return Annotation("namespace", ns);
        }

        if (vault.TlsSecret is { } tls)
        {
            yield return Annotation("tls-secret", tls);
            yield return Annotation("ca-cert", AgentConfiguration.AuthorityFile);
        }

        if (vault.AgentCache)
        {
            yield return Annotation("agent-cache-enable", "true");
        }

        yield return Annotation("template-static-secret-render-interval", AgentConfiguration.Seconds(vault.RenderInterval));
        foreach (var path in inputs.VaultPaths)
        {
            var name = VaultSecretName.For(path);
            var full = AgentConfiguration.DataPath(inputs, path);
            yield return Annotation($"agent-inject-secret-{name}", full);
            yield return Annotation($"agent-inject-template-{name}", AgentConfiguration.Template(full));
            yield return Annotation($"agent-inject-file-{name}", name);
            yield return Annotation($"agent-inject-perms-{name}", AgentConfiguration.Permissions);
        }
    }

    private static string Amount(IDictionary<string, ResourceQuantity>? amounts, string name) =>
        amounts is not null && amounts.TryGetValue(name, out var amount) ? amount.ToString() : string.Empty;

    private static KeyValuePair<string, string> Annotation(string name, string value) => new(Prefix + name, value);
}
