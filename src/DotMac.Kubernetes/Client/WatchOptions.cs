namespace DotMac.Kubernetes.Client;

/// <summary>How to watch.</summary>
public sealed record WatchOptions
{
    /// <summary>The state to go on from; null starts with the present objects as additions.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>When the server is to close the stream by itself.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>
    /// How long nothing at all may come, bookmarks included, before the connection counts as dead. The server sends a bookmark about
    /// once a minute; those that do not are asked again at this pace, which costs one request.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>Called when the server has accepted the watch: a sign of life also of servers that then have nothing to tell.</summary>
    public Action? Opened { get; init; }
}
