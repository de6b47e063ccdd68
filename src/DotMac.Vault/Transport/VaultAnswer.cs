using System.Net;

namespace DotMac.Vault.Transport;

/// <summary>An answer, read to its end.</summary>
/// <param name="Code">The HTTP status code.</param>
/// <param name="Body">The body; may be empty.</param>
/// <param name="RetryAfter">How long Vault asks to wait.</param>
internal sealed record VaultAnswer(HttpStatusCode Code, byte[] Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Code is >= 200 and < 300;
}
