using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DotMac.StandIns.Vault.Kubernetes;

/// <summary>What a service account's token says of itself, unverified: enough to tell a wrong role before anybody is asked.</summary>
/// <param name="Name">The service account.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Audiences">Whom the token was made for.</param>
internal sealed record JwtClaims(string? Name, string? Namespace, IReadOnlyList<string> Audiences)
{
    /// <summary>Reads a token; null when it is no JWT.</summary>
    public static JwtClaims? Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            if (JsonNode.Parse(Base64Url.DecodeFromChars(parts[1])) is not JsonObject claims)
            {
                return null;
            }

            var kubernetes = claims["kubernetes.io"] as JsonObject;
            return new JwtClaims(
                kubernetes?["serviceaccount"]?["name"]?.ToString() ?? claims["kubernetes.io/serviceaccount/service-account.name"]?.ToString(),
                kubernetes?["namespace"]?.ToString() ?? claims["kubernetes.io/serviceaccount/namespace"]?.ToString(),
                claims["aud"] switch
                {
                    JsonArray many => [.. many.Select(static a => a?.ToString() ?? string.Empty)],
                    JsonValue one => [one.ToString()],
                    _ => [],
                });
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
