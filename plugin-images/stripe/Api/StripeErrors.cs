using System.Net;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;

namespace DotMac.Plugins.Stripe.Api;

/// <summary>Turns Stripe's errors into the SDK's. Types and codes are those of https://docs.stripe.com/api/errors and https://docs.stripe.com/error-codes.</summary>
internal static class StripeErrors
{
    private const string Credentials = "secretKey";

    /// <summary>The fields in which Stripe repeats the id of the path.</summary>
    private static readonly string?[] OfThePath = [null, "intent", "id"];

    /// <summary>The exception for an answer that is not a success.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="error">Its error; null when it was not Stripe's JSON.</param>
    /// <param name="notFound">What a missing object means to the caller; null when the caller named none.</param>
    /// <param name="changes">Whether something was to be made or changed.</param>
    public static PluginException Map(VendorAnswer answer, StripeError? error, string? notFound, bool changes)
    {
        string said = Said(answer, error);
        return answer.Status switch
        {
            // Whatever its type: one of them is that the first try with the same key is still under way.
            HttpStatusCode.Conflict => new VendorUnavailableException(
                $"Stripe is busy with another request for the same object, or with the first of this one: {said}. Repeat the call under the same Idempotency-Key.",
                answer.RetryAfter ?? TimeSpan.FromSeconds(1)),

            // Stripe asks to take such an answer for no answer: https://docs.stripe.com/error-low-level#server-errors.
            >= HttpStatusCode.InternalServerError and not HttpStatusCode.ServiceUnavailable when changes => new VendorException(
                $"Stripe failed: {said}. It may have been done all the same: look with list before you repeat it under another Idempotency-Key.", Code(error)),
            _ when error?.Type is "card_error" or "invalid_request_error" or "idempotency_error" => Refused(answer, error, said, notFound),
            _ => answer.ToException(said, Code(error), Credentials, notFound),
        };
    }

    private static PluginException Refused(VendorAnswer answer, StripeError error, string said, string? notFound) => (error.Type, answer.Status) switch
    {
        ("idempotency_error", HttpStatusCode.BadRequest) => new InvalidRequestException(
            $"The Idempotency-Key was used before with another request; take a new key for another request. {said}"),

        // The card's issuer has declined: neither Stripe nor the plugin has failed, and only the payer can do something.
        ("card_error", _) => new InvalidRequestException(
            $"The payment was declined: {said}. Ask the payer for another payment method, and take a new Idempotency-Key for it.",
            [new FieldProblem(FieldPointer.Of(error.Param ?? "payment_method"), said)]),
        (_, HttpStatusCode.PaymentRequired) => new InvalidRequestException($"Stripe could not do it: {said}.", [new FieldProblem(FieldPointer.Of(error.Param), said)]),
        (_, HttpStatusCode.NotFound) when notFound is not null && OfThePath.Contains(error.Param) => new ResourceNotFoundException(notFound),
        (_, HttpStatusCode.BadRequest or HttpStatusCode.NotFound) => new InvalidRequestException(
            "Stripe refused the request.", [new FieldProblem(FieldPointer.Of(error.Param), said)]),
        _ => answer.ToException(said, Code(error), Credentials, notFound),
    };

    private static string? Code(StripeError? error) => error?.DeclineCode ?? error?.Code ?? error?.Type;

    private static string Said(VendorAnswer answer, StripeError? error)
    {
        string[] codes = [.. new[] { error?.Code, error?.DeclineCode }.OfType<string>().Where(static code => code.Length > 0)];
        string code = codes.Length == 0 ? error?.Type ?? "" : string.Join(", ", codes);
        string message = error?.Message is { Length: > 0 } given ? given.TrimEnd('.') : $"it answered {(int)answer.Status} without a reason";
        return code.Length == 0 ? message : $"{message} ({code})";
    }
}
