namespace DotMac.Plugins.Contract.Problems;

/// <summary>What is wrong with one field of a request or of the config.</summary>
/// <param name="Pointer">The field's JSON pointer (RFC 6901); empty for the whole document.</param>
/// <param name="Message">What is wrong. Never quotes the value.</param>
public sealed record FieldProblem(string? Pointer = null, string? Message = null);
