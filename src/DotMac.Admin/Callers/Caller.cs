using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Admin.Callers;

/// <summary>Who asks, as the API server knows them, with the token by which it does. Held for a request, and never printed.</summary>
internal sealed class Caller
{
    private readonly string _token;

    public Caller(V1UserInfo user, string token)
    {
        User = user;
        _token = token;
        Id = Hash(user);
        Subject = Hash(new V1UserInfo { Username = user.Username, Uid = user.Uid });
    }

    /// <summary>As the API server knows them.</summary>
    public V1UserInfo User { get; }

    /// <summary>Their name.</summary>
    public string Name => User.Username ?? string.Empty;

    /// <summary>Tells apart who may do other things: the same name in other groups, or with another kind of token. Shows nothing of the token.</summary>
    public string Id { get; }

    /// <summary>Tells callers apart, whichever of their tokens they come with: newer API servers know each token by a number of its own.</summary>
    public string Subject { get; }

    /// <summary>The token: a secret.</summary>
    public string RevealToken() => _token;

    /// <inheritdoc />
    public override string ToString() => Name;

    private static string Hash(V1UserInfo user) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(user, KubernetesJsonContext.Default.V1UserInfo))).AsSpan(0, 16));
}
