using System.ComponentModel;

namespace DotMac.Admin.Problems;

/// <summary>A problem detail (RFC 9457), media type <c>application/problem+json</c>.</summary>
[Description("What went wrong and the way out (RFC 9457).")]
public sealed record Problem
{
    /// <summary>The media type (RFC 9457, section 3).</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>One of <see cref="ProblemKinds"/>.</summary>
    [Description("What kind of problem it is: a stable identifier.")]
    public required string Type { get; init; }

    /// <summary>The type in a few words.</summary>
    [Description("The kind in a few words.")]
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    [Description("The HTTP status.")]
    public required int Status { get; init; }

    /// <summary>What happened this time and what to do. Never holds a secret.</summary>
    [Description("What happened this time, and what to do.")]
    public string? Detail { get; init; }

    /// <summary>What is wrong with which field of the request.</summary>
    [Description("What is wrong with which field of the request.")]
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>The request's id in the log.</summary>
    [Description("The request's id in the service's log.")]
    public string? CorrelationId { get; init; }
}
