using System.ComponentModel;

namespace DotMac.Admin.Problems;

/// <summary>What is wrong with one field.</summary>
/// <param name="Pointer">The field in the request's body, as a JSON pointer (RFC 6901); <c>?name</c> for a parameter of the query.</param>
/// <param name="Message">What is wrong and what to do. Never holds a secret.</param>
public sealed record FieldError(
    [property: Description("The field in the request's body, as a JSON pointer (RFC 6901); ?name for a parameter of the query.")] string Pointer,
    [property: Description("What is wrong, and what to do.")] string Message);
