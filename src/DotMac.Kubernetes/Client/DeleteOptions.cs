namespace DotMac.Kubernetes.Client;

/// <summary>How to delete.</summary>
/// <param name="Propagation">What becomes of objects that belong to this one; null for the kind's default.</param>
/// <param name="Uid">Only if the object still is this one.</param>
/// <param name="ResourceVersion">Only if nobody changed it since.</param>
/// <param name="GracePeriodSeconds">Seconds to stop in; null for the object's own.</param>
public sealed record DeleteOptions(
    DeletePropagation? Propagation = null,
    string? Uid = null,
    string? ResourceVersion = null,
    int? GracePeriodSeconds = null);
