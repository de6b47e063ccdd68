namespace DotMac.Plugins.Contract.References;

/// <summary>What is wrong with a config string.</summary>
/// <param name="Column">Where, 1-based, in UTF-16 code units.</param>
/// <param name="Message">What is wrong and what to write instead. Never quotes the string, which may hold a secret.</param>
public sealed record ReferenceError(int Column, string Message);
