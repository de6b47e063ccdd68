using System.Text.Json;
using DotMac.Vault.Serialization;
using DotMac.Vault.Transport;

namespace DotMac.Vault.Health;

/// <inheritdoc />
internal sealed class HealthClient(VaultTransport transport) : IVaultHealth
{
    public async Task<VaultHealth> ReadAsync(CancellationToken cancellationToken = default)
    {
        // sys/health belongs to the root namespace; an empty one keeps the client's from being sent.
        var request = new VaultRequest(HttpMethod.Get, "v1/sys/health") { Namespace = string.Empty };
        var answer = await transport.SendOnceAsync(request, token: null, cancellationToken).ConfigureAwait(false);
        VaultState? state = (int)answer.Code switch
        {
            200 => VaultState.Active,
            429 => VaultState.Standby,
            472 => VaultState.DisasterRecoverySecondary,
            473 => VaultState.PerformanceStandby,
            474 => VaultState.StandbyWithoutActive,
            501 => VaultState.Uninitialized,
            503 => VaultState.Sealed,
            530 => VaultState.Removed,
            _ => null,
        };

        // A proxy knows 503 and 429 too, and means something else by them: only Vault says whether it is initialized.
        if (state is null || Parse(answer.Body) is not { Initialized: not null } body)
        {
            throw answer.IsSuccess
                ? VaultErrors.Unexpected(request, answer, "the answer is not Vault's. Does the address lead to Vault?")
                : VaultErrors.Of(request, token: null, answer);
        }

        return new VaultHealth(state.Value, body.Version ?? string.Empty, body.ClusterName ?? string.Empty, DateTimeOffset.FromUnixTimeSeconds(body.ServerTimeUtc));
    }

    private static HealthBody? Parse(byte[] body)
    {
        try
        {
            return body.Length == 0 ? null : JsonSerializer.Deserialize(body, VaultJson.Default.HealthBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
