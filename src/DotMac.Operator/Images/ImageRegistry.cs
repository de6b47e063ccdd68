using System.Text.RegularExpressions;

namespace DotMac.Operator.Images;

/// <summary>A registry of one's own that holds copies of all images under the paths that they have elsewhere. Pure.</summary>
internal static partial class ImageRegistry
{
    /// <summary>The same image in another registry: <c>ghcr.io/dotmac/x:1</c> in <c>registry.local</c> is <c>registry.local/dotmac/x:1</c>.</summary>
    /// <param name="registry">The registry, with a path where its copies lie below one; null to leave every image where it is.</param>
    /// <param name="image">The image. One that is of that registry already stays as it is.</param>
    /// <returns>The image; its tag and its digest are kept, for a copy has the same.</returns>
    public static string Rewrite(string? registry, string image)
    {
        if (registry is null || image.StartsWith(registry + "/", StringComparison.Ordinal))
        {
            return image;
        }

        var reference = ImageReference.Parse(image);
        return $"{registry}/{reference.Repository}{reference.Suffix}";
    }

    /// <summary>Whether a text names a registry: a host, with a port, with a path.</summary>
    public static bool IsRegistry(string text) => Form().IsMatch(text);

    [GeneratedRegex(
        @"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(:[0-9]{1,5})?(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
