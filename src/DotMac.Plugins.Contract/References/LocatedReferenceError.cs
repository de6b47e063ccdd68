namespace DotMac.Plugins.Contract.References;

/// <summary>A malformed reference and where it stands.</summary>
/// <param name="Pointer">The string's JSON pointer (RFC 6901) in the config.</param>
/// <param name="Column">Where in the string, 1-based, in UTF-16 code units.</param>
/// <param name="Message">What is wrong and what to write instead. Never quotes the string.</param>
public sealed record LocatedReferenceError(string Pointer, int Column, string Message);
