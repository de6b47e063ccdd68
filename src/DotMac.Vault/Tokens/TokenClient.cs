using System.Collections.Frozen;
using System.Text.Json;
using DotMac.Vault.Secrets;
using DotMac.Vault.Serialization;
using DotMac.Vault.Transport;

namespace DotMac.Vault.Tokens;

/// <inheritdoc />
internal sealed class TokenClient(VaultRequests requests) : IVaultTokens
{
    public async Task<VaultTokenInfo> LookupSelfAsync(VaultToken? token = null, CancellationToken cancellationToken = default)
    {
        var request = new VaultRequest(HttpMethod.Get, "v1/auth/token/lookup-self") { Token = token };
        var answer = await requests.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = VaultRequests.Parse(request, answer, VaultJson.Default.EnvelopeTokenBody)?.Data
            ?? throw VaultErrors.Unexpected(request, answer, "the answer tells of no token");
        return new VaultTokenInfo(
            body.Accessor ?? string.Empty,
            body.DisplayName ?? string.Empty,
            body.Policies ?? [],
            TimeSpan.FromSeconds(body.Ttl),
            TimeSpan.FromSeconds(body.CreationTtl),
            TimeSpan.FromSeconds(body.Period),
            body.Renewable,
            Time(body.IssueTime),
            Time(body.ExpireTime),
            body.Path ?? string.Empty,
            body.Meta ?? FrozenDictionary<string, string>.Empty);

        DateTimeOffset? Time(string? text)
        {
            try
            {
                return VaultTime.Parse(text);
            }
            catch (FormatException)
            {
                throw VaultErrors.Unexpected(request, answer, "the token's times are not what Vault documents");
            }
        }
    }

    public async Task<VaultLogin> RenewSelfAsync(TimeSpan? increment = null, VaultToken? token = null, CancellationToken cancellationToken = default)
    {
        var request = new VaultRequest(HttpMethod.Post, "v1/auth/token/renew-self")
        {
            Token = token,
            Body = JsonSerializer.SerializeToUtf8Bytes(new RenewalBody((long)(increment?.TotalSeconds ?? 0)), VaultJson.Default.RenewalBody),
        };
        var answer = await requests.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return Login(request, answer, VaultRequests.Parse(request, answer, VaultJson.Default.EnvelopeTokenBody)?.Auth);
    }

    public Task RevokeSelfAsync(VaultToken? token = null, CancellationToken cancellationToken = default) =>
        requests.SendAsync(new VaultRequest(HttpMethod.Post, "v1/auth/token/revoke-self") { Token = token }, cancellationToken);

    /// <summary>The token of an answer.</summary>
    internal static VaultLogin Login(VaultRequest request, VaultAnswer answer, AuthBody? auth) =>
        auth is { ClientToken: { } token }
            ? new VaultLogin(token, auth.Accessor ?? string.Empty, TimeSpan.FromSeconds(auth.LeaseDuration), auth.Renewable, auth.Policies ?? [])
            : throw VaultErrors.Unexpected(request, answer, "the answer holds no token");
}
