using System.Net;

namespace DotMac.Vault.Client;

/// <summary>
/// Vault refused, or was not there. The message names method and path, repeats Vault's own words and says what to do; it never holds a secret, a
/// token or a JWT.
/// </summary>
public sealed class VaultException : Exception
{
    /// <summary>An error without details.</summary>
    public VaultException()
        : this("Vault refused the request")
    {
    }

    /// <summary>An error with a message.</summary>
    public VaultException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and a cause.</summary>
    public VaultException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error of a kind.</summary>
    /// <param name="kind">What callers decide by.</param>
    /// <param name="message">For people.</param>
    /// <param name="innerException">The cause, when its text is known to hold no secret.</param>
    public VaultException(VaultErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What kind of trouble it is.</summary>
    public VaultErrorKind Kind { get; }

    /// <summary>The HTTP status code; null when there was no answer.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>The method of the request, <c>GET</c> for example; empty when none was sent.</summary>
    public string Method { get; init; } = string.Empty;

    /// <summary>The path of the request below Vault's address, <c>v1/secret/metadata/a</c> for example; empty when none was sent.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Vault's own words: <c>errors</c> of its answer, redacted.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>How long Vault asks to wait before the next try; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same request may well succeed later with nothing changed but Vault's state.</summary>
    public bool IsTransient => Kind is VaultErrorKind.Unreachable or VaultErrorKind.RateLimited or VaultErrorKind.Sealed
        or VaultErrorKind.Uninitialized || (Kind == VaultErrorKind.Unexpected && (StatusCode is null || (int)StatusCode is 412 or >= 500));
}
