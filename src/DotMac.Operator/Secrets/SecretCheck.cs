using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Secrets;

/// <summary>
/// Whether the secrets that a config refers to are there. Secrets are read one by one, by name, and only the names of their keys are
/// looked at: the operator needs no right to list secrets and holds no value.
/// </summary>
internal sealed class SecretCheck(IKubernetesClient client, IPluginVault? vault)
{
    private static readonly SecretsOutcome NotConfigured = new(Verdict.Unknown(
        ConditionReasons.VaultNotConfigured,
        "The config refers to Vault, and the operator was given no Vault address: whether the paths exist is not checked. Start it with --vault-address"));

    /// <summary>Looks.</summary>
    /// <param name="ns">The plugin's namespace.</param>
    /// <param name="references">All references of its config.</param>
    /// <param name="access">What it wants of Vault; null when nothing.</param>
    /// <param name="watchVersions">Whether a changed version in Vault is to be noticed soon.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApiException">The server refused for a reason that may pass.</exception>
    public async Task<SecretsOutcome> CheckAsync(
        string ns, IReadOnlyList<LocatedReference> references, PluginAccess? access, bool watchVersions, CancellationToken cancellationToken)
    {
        foreach (var group in references.Where(static r => r.Reference.Kind == ReferenceKind.Secret).GroupBy(static r => r.Reference.Path, StringComparer.Ordinal))
        {
            if (await CheckAsync(ns, group.Key, [.. group], cancellationToken) is { } missing)
            {
                return new SecretsOutcome(missing);
            }
        }

        if (access is not null)
        {
            return vault is not null ? await vault.EnsureAsync(access, watchVersions, cancellationToken) : NotConfigured;
        }

        return new SecretsOutcome(references.Any(static r => r.Reference.Kind == ReferenceKind.Secret)
            ? Verdict.True(ConditionReasons.SecretsFound, "Every Secret that the config refers to is there")
            : Verdict.True(ConditionReasons.NoSecrets, "The config refers to no secret"));
    }

    private async Task<Verdict?> CheckAsync(string ns, string name, IReadOnlyList<LocatedReference> references, CancellationToken cancellationToken)
    {
        V1Secret? secret;
        try
        {
            secret = await client.Resource<V1Secret>().GetAsync(new ObjectKey(ns, name), cancellationToken);
        }
        catch (ApiException e) when (e.IsForbidden)
        {
            return Verdict.Unknown(
                ConditionReasons.SecretNotFound,
                $"The operator may not read Secret {name} in {ns}; grant its service account 'get' on secrets there");
        }

        if (secret is null)
        {
            return Verdict.False(
                ConditionReasons.SecretNotFound,
                $"/spec/config{references[0].Pointer} refers to Secret {name}, which is not in namespace {ns}. Create it with the key {references[0].Reference.Key}");
        }

        var missing = references.FirstOrDefault(r => secret.Keys?.Contains(r.Reference.Key, StringComparer.Ordinal) != true);
        return missing is null
            ? null
            : Verdict.False(
                ConditionReasons.SecretNotFound,
                $"/spec/config{missing.Pointer} refers to key {missing.Reference.Key} of Secret {name} in namespace {ns}, which has no such key. Add it to the Secret, or correct the reference");
    }
}
