namespace DotMac.Plugins.Contract.References;

/// <summary>What <see cref="ConfigReferences.Scan"/> found, both in document order.</summary>
/// <param name="References">The well-formed references of strings without an error, repeated ones included.</param>
/// <param name="Errors">At most one error a string, its first.</param>
public sealed record ConfigReferenceScan(IReadOnlyList<LocatedReference> References, IReadOnlyList<LocatedReferenceError> Errors);
