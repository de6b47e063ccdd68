namespace DotMac.Kubernetes.Client;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">The kind.</typeparam>
/// <param name="Items">The objects.</param>
/// <param name="ResourceVersion">The state that the page shows: a watch from here misses nothing.</param>
/// <param name="Continue">Where the next page starts; null after the last.</param>
public sealed record ListResult<T>(IReadOnlyList<T> Items, string? ResourceVersion, string? Continue);
