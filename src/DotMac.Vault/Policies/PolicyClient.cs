using System.Text.Json;
using DotMac.Vault.Client;
using DotMac.Vault.Serialization;
using DotMac.Vault.Transport;

namespace DotMac.Vault.Policies;

/// <inheritdoc />
internal sealed class PolicyClient(VaultRequests requests) : IVaultPolicies
{
    private const string Root = "v1/sys/policies/acl";

    public async Task<string?> ReadAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new VaultRequest(HttpMethod.Get, Path(name));
        var answer = await requests.SendAsync(request, cancellationToken, acceptNotFound: true).ConfigureAwait(false);
        return VaultRequests.Parse(request, answer, VaultJson.Default.EnvelopePolicyBody)?.Data?.Policy;
    }

    public Task WriteAsync(string name, string policy, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(policy);
        return requests.SendAsync(
            new VaultRequest(HttpMethod.Put, Path(name)) { Body = JsonSerializer.SerializeToUtf8Bytes(new PolicyBody(policy), VaultJson.Default.PolicyBody) },
            cancellationToken);
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        requests.SendAsync(new VaultRequest(HttpMethod.Delete, Path(name)), cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken = default) => requests.ListAsync(Root, cancellationToken);

    private static string Path(string name) => $"{Root}/{VaultPath.EncodeName(name, nameof(name))}";
}
