using System.Net;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;

namespace DotMac.Plugins.Stripe.Api;

/// <summary>Turns Stripe's errors into the SDK's. Types and codes are those of https://docs.stripe.com/api/errors and https://docs.stripe.com/error-codes.</summary>
internal static class StripeErrors
{
    private const string Credentials = "secretKey";

    /// <summary>The exception for an answer that is not a success.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="error">Its error; null when it was not Stripe's JSON.</param>
    /// <param name="notFound">What a missing object means to the caller; null when the caller named none.</param>
    public static PluginException Map(VendorAnswer answer, StripeError? error, string? notFound)
    {
        string? code = error?.DeclineCode ?? error?.Code ?? error?.Type;
        string said = error?.Message is { Length: > 0 } message ? $"{message} (Stripe: {code})" : $"Stripe answered {(int)answer.Status} without a reason";
        return error?.Type switch
        {
            // The card's issuer has declined: neither Stripe nor the plugin has failed, and only the payer can do something.
            "card_error" => new InvalidRequestException($"The card was declined: {said}", [new FieldProblem(Pointer(error.Param ?? "payment_method"), said)]),
            "idempotency_error" => new InvalidRequestException(
                $"The Idempotency-Key was used before with another request; take a new key for another request. {said}"),
            "invalid_request_error" when answer.Status is HttpStatusCode.NotFound && notFound is not null => new ResourceNotFoundException(notFound),
            "invalid_request_error" when answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict =>
                new InvalidRequestException("Stripe refused the request.", [new FieldProblem(error.Param is { } param ? Pointer(param) : JsonPointer.Root, said)]),
            _ when answer.Status == HttpStatusCode.Conflict => new VendorUnavailableException($"Stripe is busy with the same object or key: {said}.", TimeSpan.FromSeconds(1)),
            _ => answer.ToException(said, code, Credentials, notFound),
        };
    }

    /// <summary>The member of the request for a field of Stripe's form: <c>payment_method_types[0]</c> is <c>/paymentMethodTypes/0</c>.</summary>
    internal static string Pointer(string param) => param.Split('[', ']')
        .Where(static token => token.Length > 0)
        .Select(static (token, index) => index == 0 ? CamelCase(token) : token)
        .Aggregate(JsonPointer.Root, JsonPointer.Append);

    private static string CamelCase(string name) =>
        string.Concat(name.Split('_').Select(static (word, index) => index == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
