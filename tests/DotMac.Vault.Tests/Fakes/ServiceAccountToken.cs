using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.StandIns.Vault.Kubernetes;

namespace DotMac.Vault.Tests.Fakes;

/// <summary>Tokens of service accounts, signed with a word, and an API server that knows the word.</summary>
internal static class ServiceAccountToken
{
    private const string Good = "c2lnbmVk";

    public static string For(string serviceNamespace, string name, string audience = "vault", bool isGood = true, int serial = 1)
    {
        var claims = new JsonObject
        {
            ["aud"] = new JsonArray(audience),
            ["sub"] = $"system:serviceaccount:{serviceNamespace}:{name}",
            ["jti"] = serial,
            ["kubernetes.io"] = new JsonObject
            {
                ["namespace"] = serviceNamespace,
                ["serviceaccount"] = new JsonObject { ["name"] = name, ["uid"] = $"uid-of-{name}" },
            },
        };
        return $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}.{(isGood ? Good : "Zm9yZ2Vk")}";
    }

    /// <summary>What the API server says of such a token.</summary>
    public static Task<TokenReviewOutcome> ReviewAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || parts[2] != Good)
        {
            return Task.FromResult(new TokenReviewOutcome(false, Error: "invalid bearer token"));
        }

        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        var isMeant = claims["aud"]!.AsArray().Any(a => audiences.Contains(a!.GetValue<string>()));
        return Task.FromResult(new TokenReviewOutcome(isMeant, claims["sub"]!.GetValue<string>(), claims["kubernetes.io"]!["serviceaccount"]!["uid"]!.GetValue<string>()));
    }
}
