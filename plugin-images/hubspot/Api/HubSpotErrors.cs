using System.Net;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;

namespace DotMac.Plugins.HubSpot.Api;

/// <summary>Turns HubSpot's errors into the SDK's.</summary>
internal static class HubSpotErrors
{
    /// <summary>The category of a token that is known and may not do that.</summary>
    public const string MissingScopes = "MISSING_SCOPES";

    private const string Credentials = "accessToken";
    private const HttpStatusCode MigrationInProgress = (HttpStatusCode)477;

    // Documented as the wait after a 423.
    private static readonly TimeSpan LockedFor = TimeSpan.FromSeconds(2);

    /// <summary>The exception for an answer that is not a success.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="error">Its body; null when it was not HubSpot's JSON.</param>
    /// <param name="places">Where things stand in the caller's request.</param>
    /// <param name="notFound">What a 404 means here; null when it cannot be the caller's doing.</param>
    public static PluginException Map(VendorAnswer answer, HubSpotError? error, RequestPlaces places, string? notFound)
    {
        string? code = error?.Category;
        string? said = Said(error);
        string reason = said ?? $"it answered {(int)answer.Status} without a reason";
        return answer.Status switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new InvalidRequestException($"HubSpot refused the request: {reason}.", Fields(error, places)),
            HttpStatusCode.Conflict when error is not null => new InvalidRequestException($"HubSpot refused the request: {reason}.{WayOut(error)}", Fields(error, places)),
            HttpStatusCode.NotFound => answer.ToException(said, code, Credentials, error is null ? null : notFound),
            HttpStatusCode.Locked => new VendorUnavailableException($"HubSpot has locked the object for a moment: {reason}.", answer.RetryAfter ?? LockedFor),
            HttpStatusCode.TooManyRequests => new VendorRateLimitException(
                $"HubSpot limits the rate ({error?.PolicyName ?? "it does not say which limit"}): {reason}.", answer.RetryAfter ?? Wait(error?.PolicyName), error?.PolicyName ?? code),
            MigrationInProgress => new VendorUnavailableException($"HubSpot is moving the account to another place: {reason}.", answer.RetryAfter),
            HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => new VendorUnavailableException($"HubSpot is overloaded: {reason}.", answer.RetryAfter),
            _ => answer.ToException(said, code, Credentials),
        };
    }

    /// <summary>The exception for the one input of a batch that was not done.</summary>
    public static PluginException OfInput(VendorAnswer answer, HubSpotError? error, RequestPlaces places) => Map(
        answer with
        {
            Status = error?.Category switch
            {
                "VALIDATION_ERROR" => HttpStatusCode.BadRequest,
                "CONFLICT" => HttpStatusCode.Conflict,
                "RATE_LIMITS" => HttpStatusCode.TooManyRequests,
                MissingScopes => HttpStatusCode.Forbidden,
                _ => answer.Status,
            },
        },
        error,
        places,
        notFound: null);

    /// <summary>Which fields of the caller's request an error is about; always one at least.</summary>
    public static IReadOnlyList<FieldProblem> Fields(HubSpotError? error, RequestPlaces places)
    {
        if (error is not { Problems.Count: > 0 })
        {
            string message = error?.Message ?? "Was refused without a reason.";
            return [new FieldProblem(places.Of(new HubSpotProblem(null, null, message, null)), message)];
        }

        return [.. error.Problems.Select(problem => new FieldProblem(places.Of(problem), problem.Code is null ? problem.Message : $"{problem.Message} ({problem.Code})"))];
    }

    /// <summary>What the message of an error says, with what HubSpot's support asks for; null when it says nothing.</summary>
    private static string? Said(HubSpotError? error)
    {
        if (error?.Message is not { } message)
        {
            return null;
        }

        string scopes = error.Scopes.Count == 0 ? "" : $"; give the private app one of the scopes {string.Join(", ", error.Scopes)}";
        string correlation = error.CorrelationId is null ? "" : $" (HubSpot's correlation id {error.CorrelationId})";
        return $"{message.Trim().TrimEnd('.')}{scopes}{correlation}";
    }

    private static string WayOut(HubSpotError error) => error.ExistingId is { } id ? $" Change the object {id} with update_object, or use upsert_object." : "";

    // HubSpot sends no Retry-After. The daily limit ends at midnight in the account's own time zone, which is not known here.
    private static TimeSpan? Wait(string? policy) => policy switch
    {
        "SECONDLY" => TimeSpan.FromSeconds(1),
        "TEN_SECONDLY_ROLLING" => TimeSpan.FromSeconds(10),
        _ => null,
    };
}
