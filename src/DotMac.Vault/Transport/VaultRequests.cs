using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DotMac.Vault.Client;
using DotMac.Vault.Serialization;
using DotMac.Vault.Sessions;

namespace DotMac.Vault.Transport;

/// <summary>What the parts of the client send their requests through: tokens, errors, JSON.</summary>
internal sealed class VaultRequests(VaultTransport transport, IVaultTokenSource? tokens)
{
    /// <summary>The namespace of these requests, in place of the client's.</summary>
    public string? Namespace { get; init; }

    public TimeProvider Clock => transport.Clock;

    /// <summary>Sends a request that needs no token.</summary>
    public Task<VaultAnswer> SendAnonymouslyAsync(VaultRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, source: null, acceptNotFound: false, cancellationToken);

    /// <summary>Sends a request with its own token, or else with that of the source.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="acceptNotFound">Whether "nothing is there" is an answer.</param>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    public Task<VaultAnswer> SendAsync(VaultRequest request, CancellationToken cancellationToken, bool acceptNotFound = false) =>
        SendAsync(request, tokens, acceptNotFound, cancellationToken);

    /// <summary>Reads the JSON of an answer; null when there is none, as with 404.</summary>
    /// <exception cref="VaultException">It is not what Vault answers.</exception>
    public static T? Parse<T>(VaultRequest request, VaultAnswer answer, JsonTypeInfo<T> type)
        where T : class
    {
        if (answer.Body.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(answer.Body, type);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            // Not as the inner exception: its message may quote what it stumbled over, and that may be a secret.
            throw VaultErrors.Unexpected(request, answer, "the answer is not the JSON that Vault documents. Does the address lead to Vault, and is the engine there of the kind that is expected (key-value version 2)?");
        }
    }

    /// <summary>Lists names.</summary>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    public async Task<IReadOnlyList<string>> ListAsync(string path, CancellationToken cancellationToken)
    {
        // The method LIST is not known to every proxy; the query says the same.
        var request = new VaultRequest(HttpMethod.Get, path) { Query = "list=true" };
        var answer = await SendAsync(request, cancellationToken, acceptNotFound: true).ConfigureAwait(false);
        return answer.Code == HttpStatusCode.NotFound ? [] : Parse(request, answer, VaultJson.Default.EnvelopeKeyListBody)?.Data?.Keys ?? [];
    }

    private async Task<VaultAnswer> SendAsync(VaultRequest request, IVaultTokenSource? source, bool acceptNotFound, CancellationToken cancellationToken)
    {
        if (request.Namespace is null && Namespace is not null)
        {
            request = request with { Namespace = Namespace };
        }

        if (request.Token is not null)
        {
            source = null;
        }

        var token = request.Token ?? (source is null ? null : await source.GetTokenAsync(cancellationToken).ConfigureAwait(false));
        var answer = await transport.SendAsync(request, token, cancellationToken).ConfigureAwait(false);

        // A refused request was not carried out: it may be repeated whatever it is, once, if there is another token to be had.
        if (answer.Code == HttpStatusCode.Forbidden && source is not null && token is not null
            && await source.ReplaceAsync(token, VaultErrors.SayTokenIsUnknown(VaultErrors.Read(answer)), cancellationToken).ConfigureAwait(false))
        {
            token = await source.GetTokenAsync(cancellationToken).ConfigureAwait(false);
            answer = await transport.SendAsync(request, token, cancellationToken).ConfigureAwait(false);
        }

        return answer.IsSuccess || (acceptNotFound && VaultErrors.SaysNothingIsThere(answer)) ? answer : throw VaultErrors.Of(request, token, answer);
    }
}
