using System.Text.RegularExpressions;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Images;

/// <summary>The Secrets with which the kubelet pulls a tenant's images: those of every tenant, and those of the tenant's namespace. Pure.</summary>
internal static partial class PullSecrets
{
    /// <summary>The names, in the order of the flag and the annotation, each once. What is no name is left out.</summary>
    /// <param name="everywhere">The names that the operator was told.</param>
    /// <param name="ns">The tenant's namespace.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> everywhere, V1Namespace? ns) =>
        [.. everywhere.Concat(Split(Annotation(ns))).Where(IsName).Distinct(StringComparer.Ordinal)];

    /// <summary>The first item of the namespace's annotation that is no name of a Secret; null when all are.</summary>
    public static string? Mistake(V1Namespace? ns) => Split(Annotation(ns)).FirstOrDefault(static name => !IsName(name));

    /// <summary>Takes a list apart: names with commas between them.</summary>
    public static IEnumerable<string> Split(string? list) => (list ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether a text may be the name of a Secret.</summary>
    public static bool IsName(string text) => text.Length <= 253 && Name().IsMatch(text);

    /// <summary>What the namespace's annotation says; null when it has none.</summary>
    public static string? Annotation(V1Namespace? ns) => ns?.Metadata.Annotations?.TryGetValue(Annotations.ImagePullSecrets, out var list) == true ? list : null;

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
