using System.Buffers;
using System.Text.Json;
using DotMac.Vault.Client;
using DotMac.Vault.Secrets;
using DotMac.Vault.Serialization;
using DotMac.Vault.Tokens;
using DotMac.Vault.Transport;

namespace DotMac.Vault.KubernetesAuth;

/// <inheritdoc />
internal sealed class KubernetesAuthClient(VaultRequests requests, string mount) : IKubernetesAuth
{
    private const string ByUid = "serviceaccount_uid";
    private const string ByName = "serviceaccount_name";

    public async Task<VaultLogin> LoginAsync(string role, SecretValue serviceAccountToken, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(serviceAccountToken);
        VaultPath.EncodeName(role, nameof(role));
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("role", role);
            writer.WritePropertyName("jwt");
            serviceAccountToken.RevealTo(writer);
            writer.WriteEndObject();
        }

        var request = new VaultRequest(HttpMethod.Post, $"v1/auth/{mount}/login")
        {
            Body = buffer.WrittenSpan.ToArray(),
            Confidential = [serviceAccountToken.Reveal()],
            IsIdempotent = false,
        };
        var answer = await requests.SendAnonymouslyAsync(request, cancellationToken).ConfigureAwait(false);
        return TokenClient.Login(request, answer, VaultRequests.Parse(request, answer, VaultJson.Default.EnvelopeTokenBody)?.Auth);
    }

    public async Task<KubernetesRole?> ReadRoleAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new VaultRequest(HttpMethod.Get, Path(name));
        var answer = await requests.SendAsync(request, cancellationToken, acceptNotFound: true).ConfigureAwait(false);
        return VaultRequests.Parse(request, answer, VaultJson.Default.EnvelopeRoleBody)?.Data is not { } body
            ? null
            : new KubernetesRole
            {
                ServiceAccountNames = body.BoundServiceAccountNames ?? [],
                ServiceAccountNamespaces = body.BoundServiceAccountNamespaces ?? [],
                Audience = string.IsNullOrEmpty(body.Audience) ? null : body.Audience,
                TokenPolicies = body.TokenPolicies ?? [],
                TokenTtl = TimeSpan.FromSeconds(body.TokenTtl),
                TokenMaxTtl = TimeSpan.FromSeconds(body.TokenMaxTtl),
                TokenPeriod = TimeSpan.FromSeconds(body.TokenPeriod),
                TokenNoDefaultPolicy = body.TokenNoDefaultPolicy,
                AliasNameSource = body.AliasNameSource == ByName ? AliasNameSource.ServiceAccountName : AliasNameSource.ServiceAccountUid,
            };
    }

    public Task WriteRoleAsync(string name, KubernetesRole role, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(role);

        // All fields, empty ones too: Vault keeps what is not sent.
        var body = new RoleBody(
            role.ServiceAccountNames,
            role.ServiceAccountNamespaces,
            role.Audience ?? string.Empty,
            role.TokenPolicies,
            Seconds(role.TokenTtl),
            Seconds(role.TokenMaxTtl),
            Seconds(role.TokenPeriod),
            role.TokenNoDefaultPolicy,
            role.AliasNameSource == AliasNameSource.ServiceAccountName ? ByName : ByUid);
        return requests.SendAsync(
            new VaultRequest(HttpMethod.Post, Path(name)) { Body = JsonSerializer.SerializeToUtf8Bytes(body, VaultJson.Default.RoleBody) }, cancellationToken);
    }

    public Task DeleteRoleAsync(string name, CancellationToken cancellationToken = default) =>
        requests.SendAsync(new VaultRequest(HttpMethod.Delete, Path(name)), cancellationToken);

    public Task<IReadOnlyList<string>> ListRolesAsync(CancellationToken cancellationToken = default) =>
        requests.ListAsync($"v1/auth/{mount}/role", cancellationToken);

    private static long Seconds(TimeSpan time) => (long)time.TotalSeconds;

    private string Path(string name) => $"v1/auth/{mount}/role/{VaultPath.EncodeName(name, nameof(name))}";
}
