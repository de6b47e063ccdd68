using System.Net;
using System.Text.Json;
using DotMac.Vault.Client;
using DotMac.Vault.Secrets;
using DotMac.Vault.Serialization;

namespace DotMac.Vault.Transport;

/// <summary>Turns answers that are none into errors that say what to do. https://developer.hashicorp.com/vault/api-docs#http-status-codes</summary>
internal static class VaultErrors
{
    private const int LongestText = 1024;

    /// <summary>Vault's own words; empty when the answer is not Vault's.</summary>
    public static IReadOnlyList<string> Read(VaultAnswer answer)
    {
        try
        {
            return answer.Body.Length == 0
                ? []
                : [.. JsonSerializer.Deserialize(answer.Body, VaultJson.Default.ErrorBody)?.Errors?.OfType<string>() ?? []];
        }
        catch (JsonException)
        {
            // A proxy in between answers in its own words; the status code still counts.
            return [];
        }
    }

    /// <summary>Whether Vault says that nothing is there; a mount that is not there, or a 404 of a proxy, is something else.</summary>
    public static bool SaysNothingIsThere(VaultAnswer answer)
    {
        if (answer.Code != HttpStatusCode.NotFound || answer.Body.Length == 0)
        {
            return false;
        }

        try
        {
            var body = JsonSerializer.Deserialize(answer.Body, VaultJson.Default.ErrorBody);
            return body is { Errors: { Count: 0 } } or { Errors: null, Data: not null };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether Vault says that the token itself is not, or no longer, known, and not only that its policies do not suffice.</summary>
    public static bool SayTokenIsUnknown(IReadOnlyList<string> errors) =>
        errors.Any(static e => e.Contains("invalid token", StringComparison.Ordinal) || e.Contains("bad token", StringComparison.Ordinal));

    /// <summary>The error of an answer.</summary>
    public static VaultException Of(VaultRequest request, VaultToken? token, VaultAnswer answer)
    {
        var errors = Read(answer).Select(e => Clean(e, request, token)).ToList();
        var kind = Kind(answer.Code, errors);
        var said = errors.Count > 0 ? string.Join("; ", errors) : "(Vault gave no reason)";
        return new VaultException(kind, $"{request}: {(int)answer.Code} {said}. {Advice(kind, answer)}")
        {
            StatusCode = answer.Code,
            Method = request.Method.Method,
            Path = request.Path,
            Errors = errors,
            RetryAfter = answer.RetryAfter,
        };
    }

    /// <summary>The error when there was no answer.</summary>
    public static VaultException Unreachable(VaultRequest request, Uri address, string why, Exception? cause = null) =>
        new(VaultErrorKind.Unreachable, $"{request}: no answer from Vault at {address.GetLeftPart(UriPartial.Authority)}: {why}", cause)
        {
            Method = request.Method.Method,
            Path = request.Path,
        };

    /// <summary>The error when the answer was not what its status promised.</summary>
    public static VaultException Unexpected(VaultRequest request, VaultAnswer? answer, string why) =>
        new(VaultErrorKind.Unexpected, $"{request}: {why}")
        {
            StatusCode = answer?.Code,
            Method = request.Method.Method,
            Path = request.Path,
        };

    private static VaultErrorKind Kind(HttpStatusCode code, List<string> errors) => (int)code switch
    {
        400 when Say(errors, "check-and-set parameter did not match") => VaultErrorKind.Conflict,
        400 or 500 or 503 when Say(errors, "not initialized") || Say(errors, "not yet initialized") => VaultErrorKind.Uninitialized,
        400 or 405 or 413 or 415 => VaultErrorKind.BadRequest,
        403 => VaultErrorKind.Forbidden,
        404 => VaultErrorKind.NotFound,
        429 => VaultErrorKind.RateLimited,
        501 => VaultErrorKind.Uninitialized,
        503 when Say(errors, "sealed") => VaultErrorKind.Sealed,
        503 or 504 => VaultErrorKind.Unreachable,

        // Without Vault's JSON it was a proxy that found no Vault behind it.
        502 when errors.Count == 0 => VaultErrorKind.Unreachable,
        _ => VaultErrorKind.Unexpected,
    };

    private static string Advice(VaultErrorKind kind, VaultAnswer answer) => kind switch
    {
        VaultErrorKind.Sealed => "Unseal Vault (vault operator unseal), or see why its auto-unseal fails.",
        VaultErrorKind.Uninitialized => "Initialize Vault (vault operator init).",
        VaultErrorKind.Unreachable => "Something answered in Vault's place, or Vault is down for maintenance: check its pods and its Service.",
        VaultErrorKind.Forbidden => "Check that the token's policies allow this method on this path, and that the login's role, service account, namespace and audience fit.",
        VaultErrorKind.NotFound => "Check the path, that its engine or auth method is mounted there, and the Vault namespace.",
        VaultErrorKind.RateLimited => answer.RetryAfter is { } wait
            ? $"Vault asks to wait {wait.TotalSeconds:0} s: raise its rate limit quota or ask less often."
            : "Raise Vault's rate limit quota or ask less often.",
        VaultErrorKind.BadRequest => "Vault found the request wrong; sending it again cannot help.",
        VaultErrorKind.Conflict => "Somebody else wrote in between: read the secret again and decide anew.",
        _ when (int)answer.Code == 412 => "This node lags behind the active one: try again.",
        _ => "See Vault's own log for this request.",
    };

    private static bool Say(List<string> errors, string words) => errors.Any(e => e.Contains(words, StringComparison.OrdinalIgnoreCase));

    // Vault does not repeat secrets; a plugin of it, a proxy or a future version might.
    private static string Clean(string text, VaultRequest request, VaultToken? token)
    {
        foreach (var secret in request.Confidential.Append(token?.Reveal()))
        {
            if (!string.IsNullOrEmpty(secret))
            {
                text = text.Replace(secret, SecretText.Redacted, StringComparison.Ordinal);
            }
        }

        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= LongestText ? text : text[..LongestText] + "…";
    }
}
