namespace DotMac.Operator.Images;

/// <summary>A container image, taken apart as container runtimes do it. Pure.</summary>
/// <param name="Registry">The registry, <c>ghcr.io</c> or <c>registry.local:5000</c>; that of short names is <see cref="DockerHub"/>.</param>
/// <param name="Repository">The path in the registry, <c>dotmac/plugin-twilio</c>; that of Docker's own images begins with <c>library/</c>.</param>
/// <param name="Suffix">The tag and the digest with the characters before them: <c>:1.0.0@sha256:…</c>; empty when there is neither.</param>
internal sealed record ImageReference(string Registry, string Repository, string Suffix)
{
    /// <summary>The registry that is meant where none is named.</summary>
    public const string DockerHub = "docker.io";

    /// <summary>Takes an image apart, by the rules of https://pkg.go.dev/github.com/distribution/reference.</summary>
    public static ImageReference Parse(string image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var (registry, rest) = Split(image);
        registry = registry is "" or "index.docker.io" ? DockerHub : registry;

        // The port of a registry was taken off with it: the first colon or at sign begins the tag or the digest.
        var end = rest.AsSpan().IndexOfAny(':', '@') is var mark and >= 0 ? mark : rest.Length;
        var repository = rest[..end];
        return new ImageReference(
            registry, registry == DockerHub && !repository.Contains('/', StringComparison.Ordinal) ? $"library/{repository}" : repository, rest[end..]);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Registry}/{Repository}{Suffix}";

    // What stands before the first slash is a registry only if it looks like one: "dotmac/x" is a path at Docker Hub.
    private static (string Registry, string Path) Split(string image) =>
        image.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 && IsRegistry(image[..slash]) ? (image[..slash], image[(slash + 1)..]) : (string.Empty, image);

    private static bool IsRegistry(string text) => text == "localhost" || text.AsSpan().ContainsAny('.', ':') || text.Any(char.IsAsciiLetterUpper);
}
