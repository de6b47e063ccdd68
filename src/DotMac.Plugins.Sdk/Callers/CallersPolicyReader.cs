using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Callers;
using Microsoft.IdentityModel.Tokens;

namespace DotMac.Plugins.Sdk.Callers;

/// <summary>Reads the callers file. Whatever is wrong with it, nobody is let in and the policy says why.</summary>
internal static class CallersPolicyReader
{
    // The algorithms that Kubernetes signs service-account tokens with (pkg/serviceaccount/jwt.go): RSA and ECDSA keys, never a shared secret.
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512];

    /// <summary>Reads the file.</summary>
    /// <param name="bytes">The file's bytes; null when it does not exist.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="timeProvider">The clock that lifetimes are judged by.</param>
    public static CallersPolicy Read(byte[]? bytes, string path, TimeProvider timeProvider)
    {
        if (bytes is null)
        {
            return new CallersPolicy($"{path} does not exist, so nobody may call; the operator puts it beside the config.", null, [], Exists: false);
        }

        try
        {
            CallersFile? file = JsonSerializer.Deserialize(bytes, ContractJsonContext.Default.CallersFile);
            if (file?.Anonymous == true)
            {
                return new CallersPolicy(null, null, [], Exists: true) { IsOpen = true };
            }

            IList<SecurityKey> keys = file?.Jwks is JsonElement { ValueKind: JsonValueKind.Object } jwks ? new JsonWebKeySet(jwks.GetRawText()).GetSigningKeys() : [];
            return string.IsNullOrEmpty(file?.Issuer) ? Unusable($"{path} names no issuer.")
                : keys.Count == 0 ? Unusable($"{path} has no key that tokens could be verified with.")
                : new CallersPolicy(null, Parameters(file, keys, timeProvider), file.Allowed, Exists: true);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            return Unusable($"{path} cannot be read as the contract's callers file.");
        }
    }

    private static CallersPolicy Unusable(string problem) => new(problem + " Nobody may call until it is mended.", null, [], Exists: true);

    private static TokenValidationParameters Parameters(CallersFile file, IList<SecurityKey> keys, TimeProvider timeProvider) => new()
    {
        ValidIssuer = file.Issuer,
        ValidAudience = string.IsNullOrEmpty(file.Audience) ? ContractAudience.Plugins : file.Audience,
        IssuerSigningKeys = keys,
        ValidAlgorithms = Algorithms,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsWithinLifetime(notBefore, expires, timeProvider.GetUtcNow().UtcDateTime),
    };

    // Nodes' clocks differ a little, and the token's issuer is another node.
    private static bool IsWithinLifetime(DateTime? notBefore, DateTime? expires, DateTime now)
    {
        var skew = TimeSpan.FromSeconds(30);
        return expires is DateTime end && now < end + skew && (notBefore is not DateTime start || now >= start - skew);
    }
}
