using System.Globalization;
using System.Net;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.SendGrid.Operations;

namespace DotMac.Plugins.SendGrid.Api;

/// <summary>Turns SendGrid's errors into the SDK's. They have no codes, only fields and texts (https://www.twilio.com/docs/sendgrid/api-reference/mail-send/errors).</summary>
internal static class SendGridErrors
{
    private const string Credentials = "apiKey";

    /// <summary>The exception for an answer that is not a success.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="errors">Its errors; empty when it was not SendGrid's JSON.</param>
    /// <param name="request">The caller's request; null when there was none.</param>
    /// <param name="now">The time now.</param>
    public static PluginException Map(VendorAnswer answer, IReadOnlyList<SendGridError> errors, SendEmailRequest? request, DateTimeOffset now)
    {
        string? said = errors.Count == 0 ? null : string.Join("; ", errors.Select(static error => error.Said));
        bool isRefusal = answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden;
        return answer.Status switch
        {
            // The caller cannot mend a sender that the config names.
            _ when isRefusal && request is { From: null } && errors.Any(static error => RequestField.IsSender(error.Field)) =>
                new VendorException($"SendGrid refused the sender: {said?.TrimEnd('.')}. Check fromEmail, and that SendGrid has verified it."),
            HttpStatusCode.BadRequest when request is not null && errors.Count > 0 => Refusal(errors, request),
            HttpStatusCode.Forbidden when request is not null && errors.Any(static error => RequestField.IsSender(error.Field)) => Refusal(errors, request),
            HttpStatusCode.RequestEntityTooLarge => new InvalidRequestException($"SendGrid finds the mail too large: {said ?? "it says no more"}."),

            // SendGrid's word for an account without credit is 401, and the key is not to blame.
            HttpStatusCode.Unauthorized when said?.Contains("credits", StringComparison.OrdinalIgnoreCase) == true =>
                new VendorException($"SendGrid's account has no credit left: {said.TrimEnd('.')}. Look at its plan."),
            HttpStatusCode.TooManyRequests => new VendorRateLimitException($"SendGrid limits the rate: {said?.TrimEnd('.') ?? "it says no more"}.", answer.RetryAfter ?? Reset(answer, now)),
            _ => answer.ToException(said, null, Credentials),
        };
    }

    private static InvalidRequestException Refusal(IReadOnlyList<SendGridError> errors, SendEmailRequest request) =>
        new("SendGrid refused the request.", [.. errors.Select(error => new FieldProblem(RequestField.Pointer(error.Field, request), error.Said))]);

    // SendGrid tells when the limit is lifted, seconds since 1970, rather than how long to wait.
    private static TimeSpan? Reset(VendorAnswer answer, DateTimeOffset now) =>
        answer.Headers.TryGetValues("X-RateLimit-Reset", out IEnumerable<string>? values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? Later(DateTimeOffset.FromUnixTimeSeconds(seconds) - now)
            : null;

    private static TimeSpan Later(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
}
