using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DotMac.Vault.Client;
using DotMac.Vault.Secrets;
using DotMac.Vault.Serialization;
using DotMac.Vault.Transport;

namespace DotMac.Vault.KeyValue;

/// <inheritdoc />
internal sealed class KeyValueClient(VaultRequests requests, string mount) : IKeyValueStore
{
    public async Task<KeyValueSecret?> ReadAsync(string path, int? version = null, CancellationToken cancellationToken = default)
    {
        var request = Get("data", path, version);
        var answer = await requests.SendAsync(request, cancellationToken, acceptNotFound: true).ConfigureAwait(false);
        if (Parse(request, answer, VaultJson.Default.EnvelopeSecretBody)?.Data is not { Metadata: { } metadata } body)
        {
            return Nothing<KeyValueSecret>(request, answer);
        }

        var written = Version(request, answer, metadata);
        var state = State(written, body.Data is not null);
        return new KeyValueSecret(
            state,
            body.Data ?? FrozenDictionary<string, SecretValue>.Empty,
            written,
            metadata.CustomMetadata ?? FrozenDictionary<string, string>.Empty);
    }

    public async Task<KeyValueVersion> WriteAsync(
        string path,
        IReadOnlyDictionary<string, SecretValue> fields,
        int? checkAndSet = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var request = new VaultRequest(HttpMethod.Post, Path("data", path))
        {
            Body = Body(fields, checkAndSet),
            Confidential = [.. fields.Values.Select(static v => v.Reveal())],

            // With check-and-set a repetition of what got through is refused; that would be told as a conflict with ourselves.
            IsIdempotent = false,
        };
        var answer = await requests.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return Version(
            request,
            answer,
            Parse(request, answer, VaultJson.Default.EnvelopeVersionBody)?.Data ?? throw VaultErrors.Unexpected(request, answer, "the answer names no version"));
    }

    public async Task<KeyValueSubkeys?> ReadSubkeysAsync(string path, int? version = null, CancellationToken cancellationToken = default)
    {
        var request = Get("subkeys", path, version);
        var answer = await requests.SendAsync(request, cancellationToken, acceptNotFound: true).ConfigureAwait(false);
        if (Parse(request, answer, VaultJson.Default.EnvelopeSubkeysBody)?.Data is not { Metadata: { } metadata } body)
        {
            return Nothing<KeyValueSubkeys>(request, answer);
        }

        var written = Version(request, answer, metadata);
        return new KeyValueSubkeys(
            State(written, body.Subkeys is not null),
            body.Subkeys?.Keys.ToFrozenSet(StringComparer.Ordinal) ?? FrozenSet<string>.Empty,
            written,
            metadata.CustomMetadata ?? FrozenDictionary<string, string>.Empty);
    }

    public async Task<KeyValueMetadata?> ReadMetadataAsync(string path, CancellationToken cancellationToken = default)
    {
        var request = new VaultRequest(HttpMethod.Get, Path("metadata", path));
        var answer = await requests.SendAsync(request, cancellationToken, acceptNotFound: true).ConfigureAwait(false);
        if (Parse(request, answer, VaultJson.Default.EnvelopeMetadataBody)?.Data is not { } body)
        {
            return Nothing<KeyValueMetadata>(request, answer);
        }

        try
        {
            return new KeyValueMetadata(
                body.CurrentVersion,
                body.OldestVersion,
                VaultTime.Parse(body.CreatedTime) ?? default,
                VaultTime.Parse(body.UpdatedTime) ?? default,
                body.MaxVersions,
                body.CasRequired,
                body.CustomMetadata ?? FrozenDictionary<string, string>.Empty,
                (body.Versions ?? FrozenDictionary<string, VersionBody>.Empty)
                    .Select(static v => (v.Value with { Version = int.Parse(v.Key, CultureInfo.InvariantCulture) }).ToVersion())
                    .ToFrozenDictionary(static v => v.Number));
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw VaultErrors.Unexpected(request, answer, "the metadata's times or versions are not what Vault documents");
        }
    }

    public Task DeleteAsync(string path, CancellationToken cancellationToken = default) =>
        requests.SendAsync(new VaultRequest(HttpMethod.Delete, Path("data", path)), cancellationToken);

    public Task DeleteVersionsAsync(string path, IReadOnlyList<int> versions, CancellationToken cancellationToken = default) =>
        requests.SendAsync(
            new VaultRequest(HttpMethod.Post, Path("delete", path))
            {
                Body = Encoding.UTF8.GetBytes($$"""{"versions":[{{string.Join(',', versions)}}]}"""),
            },
            cancellationToken);

    public Task DeleteMetadataAsync(string path, CancellationToken cancellationToken = default) =>
        requests.SendAsync(new VaultRequest(HttpMethod.Delete, Path("metadata", path)), cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(string path = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return requests.ListAsync(path.Length == 0 ? $"v1/{mount}/metadata/" : Path("metadata", path) + "/", cancellationToken);
    }

    private static byte[] Body(IReadOnlyDictionary<string, SecretValue> fields, int? checkAndSet)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (checkAndSet is { } version)
            {
                writer.WriteStartObject("options");
                writer.WriteNumber("cas", version);
                writer.WriteEndObject();
            }

            writer.WriteStartObject("data");
            foreach (var (key, value) in fields)
            {
                writer.WritePropertyName(key);
                value.RevealTo(writer);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // "Nothing there" is 404; a success must have brought something.
    private static T? Nothing<T>(VaultRequest request, VaultAnswer answer)
        where T : class =>
        answer.IsSuccess ? throw VaultErrors.Unexpected(request, answer, "the answer holds nothing. Is the engine there key-value version 2?") : null;

    private static T? Parse<T>(VaultRequest request, VaultAnswer answer, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class => VaultRequests.Parse(request, answer, type);

    private static KeyValueVersion Version(VaultRequest request, VaultAnswer answer, VersionBody body)
    {
        try
        {
            return body.ToVersion();
        }
        catch (FormatException)
        {
            // Without the exception's words: they quote what it stumbled over.
            throw VaultErrors.Unexpected(request, answer, "the version's times are not what Vault documents");
        }
    }

    // Vault decides by its own clock: whether data came is what counts.
    private static KeyValueState State(KeyValueVersion version, bool hasData) =>
        version.IsDestroyed ? KeyValueState.Destroyed : hasData ? KeyValueState.Available : KeyValueState.Deleted;

    private VaultRequest Get(string part, string path, int? version)
    {
        if (version is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number, nameof(version));
        }

        return new VaultRequest(HttpMethod.Get, Path(part, path))
        {
            Query = version is null ? null : string.Create(CultureInfo.InvariantCulture, $"version={version}"),
        };
    }

    private string Path(string part, string path) => $"v1/{mount}/{part}/{VaultPath.Encode(path, nameof(path))}";
}
