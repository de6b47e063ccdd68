namespace DotMac.Admin.Problems;

/// <summary>Makes the answers to requests that cannot be done.</summary>
internal static class Refuse
{
    /// <summary>400.</summary>
    public static ProblemException Malformed(string detail, params IReadOnlyList<FieldError> errors) => Make(ProblemKinds.Malformed, "The request cannot be read", 400, detail, errors);

    /// <summary>422.</summary>
    public static ProblemException Invalid(params IReadOnlyList<FieldError> errors) => Make(
        ProblemKinds.Invalid, "A field of the request is wrong", 422, errors.Count == 1 ? "One field is wrong; see errors" : $"{errors.Count} fields are wrong; see errors", errors);

    /// <summary>401.</summary>
    public static ProblemException Unauthenticated(string detail) => Make(ProblemKinds.Unauthenticated, "Not signed in", 401, detail);

    /// <summary>403.</summary>
    public static ProblemException Forbidden(string detail) => Make(ProblemKinds.Forbidden, "Not allowed", 403, detail);

    /// <summary>404.</summary>
    public static ProblemException NotFound(string detail) => Make(ProblemKinds.NotFound, "Not found", 404, detail);

    /// <summary>409, several are meant.</summary>
    public static ProblemException Ambiguous(string detail) => Make(ProblemKinds.Ambiguous, "Several are meant", 409, detail);

    /// <summary>409.</summary>
    public static ProblemException Conflict(string detail) => Make(ProblemKinds.Conflict, "In conflict with what is there", 409, detail);

    /// <summary>409, others need it.</summary>
    public static ProblemException Needed(string detail) => Make(ProblemKinds.Needed, "Other plugins need it", 409, detail);

    /// <summary>412.</summary>
    public static ProblemException Changed(string detail) => Make(ProblemKinds.Changed, "It was changed in between", 412, detail);

    /// <summary>429.</summary>
    public static ProblemException TooMany(string detail, TimeSpan retryAfter) =>
        new(Of(ProblemKinds.TooMany, "Too many requests", 429, detail)) { RetryAfter = retryAfter };

    /// <summary>502.</summary>
    public static ProblemException Upstream(string detail) => Make(ProblemKinds.Upstream, "The API server did not answer as expected", 502, detail);

    /// <summary>503.</summary>
    public static ProblemException Unavailable(string detail, TimeSpan? retryAfter = null) =>
        new(Of(ProblemKinds.Unavailable, "Not available now", 503, detail)) { RetryAfter = retryAfter ?? TimeSpan.FromSeconds(5) };

    /// <summary>504.</summary>
    public static ProblemException Timeout(string detail) => Make(ProblemKinds.Timeout, "It took too long", 504, detail);

    /// <summary>A problem.</summary>
    public static Problem Of(string type, string title, int status, string? detail, IReadOnlyList<FieldError>? errors = null) =>
        new() { Type = type, Title = title, Status = status, Detail = detail, Errors = errors is { Count: > 0 } ? errors : null };

    private static ProblemException Make(string type, string title, int status, string detail, IReadOnlyList<FieldError>? errors = null) => new(Of(type, title, status, detail, errors));
}
