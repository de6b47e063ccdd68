using System.Text.Json;

namespace DotMac.Plugins.Contract.Callers;

/// <summary>
/// The file <see cref="Mounts.CallersFile"/>: who may call this plugin's operations, and what their tokens are verified with. Holds no
/// secret. Whoever is not listed may not call.
/// </summary>
/// <param name="Issuer">The cluster's service-account issuer, the only one accepted.</param>
/// <param name="Audience">The audience a token must have, normally <see cref="ContractAudience.Plugins"/>.</param>
/// <param name="Allowed">The callers that are let in.</param>
/// <param name="Jwks">The cluster's public keys, a JSON Web Key Set (RFC 7517), as <c>/openid/v1/jwks</c> serves it.</param>
/// <param name="Anonymous">Whether whoever reaches the port may call, without a token: the rest of the file counts for nothing then.</param>
public sealed record CallersFile(
    string? Issuer = null, string? Audience = null, IReadOnlyList<AllowedCaller>? Allowed = null, JsonElement? Jwks = null, bool? Anonymous = null)
{
    /// <summary>The callers that are let in; never null.</summary>
    public IReadOnlyList<AllowedCaller> Allowed { get; init; } = Allowed ?? [];
}
