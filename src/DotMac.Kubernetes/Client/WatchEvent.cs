namespace DotMac.Kubernetes.Client;

/// <summary>One change, as the API server streams it.</summary>
/// <typeparam name="T">The kind.</typeparam>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object after it; before it for deletions; only metadata for bookmarks.</param>
public readonly record struct WatchEvent<T>(WatchEventType Type, T Object);
