namespace DotMac.Kubernetes.Informers;

/// <summary>A change of the known state.</summary>
/// <typeparam name="T">The kind.</typeparam>
/// <param name="Type">How it changed.</param>
/// <param name="Object">The object now; its last known state for deletions.</param>
/// <param name="Previous">The object before, for updates.</param>
/// <param name="Initial">Whether it comes from the first list rather than from a live change.</param>
public readonly record struct InformerEvent<T>(InformerEventType Type, T Object, T? Previous, bool Initial)
    where T : class;
