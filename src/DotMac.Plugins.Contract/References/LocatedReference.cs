namespace DotMac.Plugins.Contract.References;

/// <summary>A reference and where it stands.</summary>
/// <param name="Pointer">The string's JSON pointer (RFC 6901) in the config.</param>
/// <param name="Reference">The reference.</param>
public sealed record LocatedReference(string Pointer, ConfigReference Reference);
