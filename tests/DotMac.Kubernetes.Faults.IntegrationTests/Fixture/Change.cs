using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Fixture;

/// <summary>Something that happened to an object, or was told to have.</summary>
/// <param name="Type">What.</param>
/// <param name="Key">To which object.</param>
/// <param name="Version">The version that came of it; null for deletions, whose version the server tells only to watches.</param>
internal readonly record struct Change(InformerEventType Type, ObjectKey Key, string? Version)
{
    public override string ToString() => $"{Type} {Key.Name} {Version}".TrimEnd();
}
