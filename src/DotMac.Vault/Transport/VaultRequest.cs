using DotMac.Vault.Secrets;

namespace DotMac.Vault.Transport;

/// <summary>One request.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The encoded path below Vault's address, with <c>v1/</c>.</param>
internal sealed record VaultRequest(HttpMethod Method, string Path)
{
    /// <summary>The encoded query, without question mark; null for none.</summary>
    public string? Query { get; init; }

    /// <summary>JSON, or null.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The token of this very request, in place of the source's.</summary>
    public VaultToken? Token { get; init; }

    /// <summary>The namespace of this request, in place of the client's.</summary>
    public string? Namespace { get; init; }

    /// <summary>Whether doing it twice does no more than doing it once.</summary>
    public bool IsIdempotent { get; init; } = true;

    /// <summary>What the body holds that must not come back in an error's text.</summary>
    public IReadOnlyList<string> Confidential { get; init; } = [];

    /// <summary>For messages: method and path.</summary>
    public override string ToString() => $"{Method} {Path}";
}
