using DotMac.Plugins.Contract.Callers;
using Microsoft.IdentityModel.Tokens;

namespace DotMac.Plugins.Sdk.Callers;

/// <summary>What is known about who may call.</summary>
/// <param name="Problem">Why nobody can be let in; null when the file is good.</param>
/// <param name="Parameters">How tokens are verified; null when there is a problem.</param>
/// <param name="Allowed">Who is let in.</param>
/// <param name="Exists">Whether there is a callers file at all.</param>
internal sealed record CallersPolicy(string? Problem, TokenValidationParameters? Parameters, IReadOnlyList<AllowedCaller> Allowed, bool Exists)
{
    /// <summary>Whether the platform says that whoever reaches the plugin may call.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The tokens that were verified against it.</summary>
    public VerifiedTokens Verified { get; } = new();
}
