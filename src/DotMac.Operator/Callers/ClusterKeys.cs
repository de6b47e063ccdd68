using System.Text.Json;

namespace DotMac.Operator.Callers;

/// <summary>How the tokens of this cluster's service accounts are verified.</summary>
/// <param name="Issuer">Who issues them.</param>
/// <param name="Jwks">The public keys, as the API server serves them (RFC 7517).</param>
internal sealed record ClusterKeys(string Issuer, JsonElement Jwks);
