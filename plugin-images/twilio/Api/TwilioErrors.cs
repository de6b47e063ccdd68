using System.Globalization;
using System.Net;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.Twilio.Api;

/// <summary>Turns Twilio's errors into the SDK's. The codes are those of https://www.twilio.com/docs/api/errors.</summary>
internal static class TwilioErrors
{
    // Refusals that the caller can mend, by the field to mend.
    private static readonly Dictionary<int, string> Fields = new()
    {
        [21211] = "/to",   // invalid 'To' number
        [21604] = "/to",   // 'To' is required
        [21408] = "/to",   // no permission to send to that region
        [21610] = "/to",   // the receiver has unsubscribed
        [21612] = "/to",   // 'To' cannot be reached from 'From'
        [21614] = "/to",   // 'To' is not a mobile number
        [21602] = "/body", // a body is required
        [21617] = "/body", // the body is too long
        [21212] = "/from", // invalid 'From' number
        [21606] = "/from", // 'From' cannot send to 'To'
        [21659] = "/from", // 'From' is no number of the account
    };

    /// <summary>The exception for an answer that is not a success.</summary>
    /// <param name="status">The answer's status.</param>
    /// <param name="error">Its body; null when it was not Twilio's JSON.</param>
    /// <param name="retryAfter">Its Retry-After.</param>
    /// <param name="notFound">What a 404 means here; null when it can only mean a wrong account.</param>
    /// <param name="callerChoseSender">Whether the sender came with the call: if not, a bad one is the config's fault.</param>
    public static PluginException Map(HttpStatusCode status, TwilioError? error, TimeSpan? retryAfter, string? notFound, bool callerChoseSender)
    {
        string? code = error?.Code?.ToString(CultureInfo.InvariantCulture);
        string said = error?.Message is { Length: > 0 } message ? $"{message} (Twilio {code})" : $"Twilio answered {(int)status} without a reason";
        bool isField = Fields.TryGetValue(error?.Code ?? 0, out string? field) && (field != "/from" || callerChoseSender);
        return status switch
        {
            HttpStatusCode.BadRequest when isField =>
                new InvalidRequestException($"Twilio refused a field (code {code}).", [new FieldProblem(field, said)]),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new VendorException($"Twilio refused the account's credentials: {said}. Check accountSid and authToken.", code),
            HttpStatusCode.NotFound when notFound is not null => new ResourceNotFoundException(notFound),
            HttpStatusCode.NotFound => new VendorException($"Twilio does not know the account: {said}. Check accountSid.", code),
            HttpStatusCode.TooManyRequests => new VendorRateLimitException($"Twilio limits the rate: {said}.", retryAfter, code),
            HttpStatusCode.ServiceUnavailable => new VendorUnavailableException($"Twilio is not available: {said}.", retryAfter),
            _ => new VendorException($"Twilio refused: {said}.", code),
        };
    }
}
