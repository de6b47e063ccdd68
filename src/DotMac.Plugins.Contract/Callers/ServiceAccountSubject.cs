using System.Diagnostics.CodeAnalysis;

namespace DotMac.Plugins.Contract.Callers;

/// <summary>The subject of a service-account token: <c>system:serviceaccount:&lt;namespace&gt;:&lt;name&gt;</c>.</summary>
/// <param name="Namespace">The service account's namespace.</param>
/// <param name="Name">The service account's name.</param>
public sealed record ServiceAccountSubject(string Namespace, string Name)
{
    private const string Prefix = "system:serviceaccount:";

    /// <summary>Reads a token's <c>sub</c>.</summary>
    /// <param name="subject">The claim.</param>
    /// <param name="parsed">The service account, when it is one's.</param>
    /// <returns>Whether the subject is a service account's.</returns>
    public static bool TryParse(string? subject, [NotNullWhen(true)] out ServiceAccountSubject? parsed)
    {
        parsed = subject is not null
            && subject.StartsWith(Prefix, StringComparison.Ordinal)
            && subject[Prefix.Length..].Split(':') is [{ Length: > 0 } ns, { Length: > 0 } name]
            ? new ServiceAccountSubject(ns, name)
            : null;
        return parsed is not null;
    }

    /// <summary>The subject as it stands in a token.</summary>
    public override string ToString() => $"{Prefix}{Namespace}:{Name}";
}
