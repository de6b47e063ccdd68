namespace DotMac.Plugins.Contract.Problems;

/// <summary>A problem detail (RFC 9457) as plugins answer it, media type <c>application/problem+json</c>.</summary>
/// <param name="Type">One of <see cref="ProblemTypes"/>.</param>
/// <param name="Title">The type in a few words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened this time and what to do. Never holds a secret.</param>
/// <param name="CorrelationId">The call's id in the logs.</param>
/// <param name="VendorCode">The vendor's own error code, when the vendor refused.</param>
/// <param name="Errors">What is wrong with which field, when the caller's request is.</param>
public sealed record PluginProblem(
    string? Type = null,
    string? Title = null,
    int? Status = null,
    string? Detail = null,
    string? CorrelationId = null,
    string? VendorCode = null,
    IReadOnlyList<FieldProblem>? Errors = null)
{
    /// <summary>The media type (RFC 9457, section 3).</summary>
    public const string MediaType = "application/problem+json";
}
