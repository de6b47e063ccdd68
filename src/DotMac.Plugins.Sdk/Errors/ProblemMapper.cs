using DotMac.Plugins.Contract.Problems;

namespace DotMac.Plugins.Sdk.Errors;

/// <summary>Turns exceptions into problem details.</summary>
internal static class ProblemMapper
{
    /// <summary>The answer to an exception that left an operation, a webhook or the host's own handling of a call.</summary>
    public static ProblemAnswer Map(Exception exception) => exception switch
    {
        InvalidRequestException invalid => new(Invalid(422, invalid.Message, invalid.Errors)),
        ResourceNotFoundException => new(new PluginProblem(ProblemTypes.NotFound, "Not found", 404, exception.Message)),
        VendorRateLimitException limit => new(
            new PluginProblem(ProblemTypes.VendorRateLimit, "The vendor limits the rate", 429, limit.Message, VendorCode: limit.VendorCode),
            limit.RetryAfter),
        VendorUnavailableException unavailable => new(
            new PluginProblem(ProblemTypes.VendorUnavailable, "The vendor cannot be reached", 503, unavailable.Message), unavailable.RetryAfter),
        VendorException vendor => new(
            new PluginProblem(ProblemTypes.VendorError, "The vendor refused", 502, vendor.Message, VendorCode: vendor.VendorCode)),
        VendorTimeoutException => new(new PluginProblem(ProblemTypes.Timeout, "The vendor did not answer in time", 504, exception.Message)),
        OperationCanceledException => new(new PluginProblem(
            ProblemTypes.Timeout, "Not done in time", 504, "The deadline passed before the operation ended; what was asked may have happened all the same.")),
        _ => new(new PluginProblem(ProblemTypes.Internal, "Internal error", 500, "The plugin failed; its log says more under this correlation id.")),
    };

    /// <summary>A request that the caller must change.</summary>
    public static PluginProblem Invalid(int status, string detail, IReadOnlyList<FieldProblem> errors) =>
        new(ProblemTypes.InvalidRequest, "The request is invalid", status, detail, Errors: errors.Count == 0 ? null : errors);
}
