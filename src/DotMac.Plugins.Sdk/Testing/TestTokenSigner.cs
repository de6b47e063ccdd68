using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DotMac.Plugins.Contract;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DotMac.Plugins.Sdk.Testing;

/// <summary>Signs tokens as a cluster does for service accounts, with a key of its own.</summary>
public sealed class TestTokenSigner : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly RsaSecurityKey _key;

    /// <summary>Makes a key.</summary>
    /// <param name="issuer">The issuer that the tokens name.</param>
    public TestTokenSigner(string issuer = "https://kubernetes.default.svc")
    {
        Issuer = issuer;
        _key = new RsaSecurityKey(_rsa) { KeyId = Convert.ToHexStringLower(SHA256.HashData(_rsa.ExportRSAPublicKey()))[..16] };
    }

    /// <summary>The issuer that the tokens name.</summary>
    public string Issuer { get; }

    /// <summary>A callers file with this signer's public key.</summary>
    /// <param name="allowed">The callers as JSON, such as <c>[{"namespace":"tenant-acme"}]</c>.</param>
    /// <returns>The file.</returns>
    public string CallersFile(string allowed)
    {
        RSAParameters key = _rsa.ExportParameters(includePrivateParameters: false);
        var jwk = new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = SecurityAlgorithms.RsaSha256,
            ["kid"] = _key.KeyId,
            ["n"] = Base64UrlEncoder.Encode(key.Modulus),
            ["e"] = Base64UrlEncoder.Encode(key.Exponent),
        };
        return new JsonObject
        {
            ["issuer"] = Issuer,
            ["audience"] = ContractAudience.Plugins,
            ["allowed"] = JsonNode.Parse(allowed),
            ["jwks"] = new JsonObject { ["keys"] = new JsonArray(jwk) },
        }.ToJsonString();
    }

    /// <summary>Signs a token.</summary>
    /// <param name="subject">The subject, such as <c>system:serviceaccount:tenant-acme:api</c>.</param>
    /// <param name="audience">The audience.</param>
    /// <param name="expires">When it expires; null: in ten minutes.</param>
    /// <returns>The token.</returns>
    public string Sign(string subject, string audience = ContractAudience.Plugins, DateTimeOffset? expires = null)
    {
        DateTime end = (expires ?? DateTimeOffset.UtcNow.AddMinutes(10)).UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            IssuedAt = end.AddMinutes(-20),
            NotBefore = end.AddMinutes(-20),
            Expires = end,
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = subject },
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _rsa.Dispose();
}
