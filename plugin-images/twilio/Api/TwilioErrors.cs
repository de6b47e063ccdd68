using System.Globalization;
using System.Net;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;

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
        [21602] = "/body", // a body is required where there are no media
        [21617] = "/body", // the body is too long
        [21212] = "/from", // invalid 'From' number
        [21606] = "/from", // 'From' cannot send to 'To'
        [21659] = "/from", // 'From' is no number of the account
        [21609] = "/statusCallback",
        [21620] = "/mediaUrls",
        [21623] = "/mediaUrls",           // too many of them
        [21701] = "/messagingServiceSid", // there is no such service
        [21703] = "/messagingServiceSid", // it has no numbers
    };

    /// <summary>The exception for an answer that is not a success.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="notFound">What a 404 means here; null when it can only mean a wrong account.</param>
    /// <param name="callersFields">The fields, as pointers, that came with the call: a bad one of the others is the config's fault.</param>
    public static PluginException Map(VendorAnswer answer, string? notFound, IReadOnlyCollection<string> callersFields)
    {
        TwilioError? error = answer.TryRead(TwilioJson.Default.TwilioError);
        string? code = error?.Code?.ToString(CultureInfo.InvariantCulture);
        string said = error?.Message is { Length: > 0 } message ? $"{message} (Twilio {code})" : $"Twilio answered {(int)answer.Status} without a reason";
        return answer.Status switch
        {
            HttpStatusCode.BadRequest when Fields.TryGetValue(error?.Code ?? 0, out string? field) && callersFields.Contains(field) =>
                new InvalidRequestException($"Twilio refused a field (code {code}).", [new FieldProblem(field, said)]),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new VendorException($"Twilio refused the account's credentials: {said}. Check accountSid and authToken.", code),
            HttpStatusCode.NotFound when notFound is not null => new ResourceNotFoundException(notFound),
            HttpStatusCode.NotFound => new VendorException($"Twilio does not know the account: {said}. Check accountSid.", code),
            HttpStatusCode.TooManyRequests => new VendorRateLimitException($"Twilio limits the rate: {said}.", answer.RetryAfter, code),
            HttpStatusCode.ServiceUnavailable => new VendorUnavailableException($"Twilio is not available: {said}.", answer.RetryAfter),
            _ => new VendorException($"Twilio refused: {said}.", code),
        };
    }
}
