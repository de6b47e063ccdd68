using System.Collections.Concurrent;

namespace DotMac.Plugins.Sdk.Callers;

/// <summary>
/// Tokens that were verified against one policy, and whose they are. Verifying a signature costs more than all the rest of a call, and a caller sends the same
/// token for an hour. Bounded, and gone with its policy.
/// </summary>
internal sealed class VerifiedTokens
{
    private const int Most = 1024;
    private readonly ConcurrentDictionary<string, Verified> _tokens = new(StringComparer.Ordinal);

    /// <summary>Whose token it is; null when it is not known or its time is over.</summary>
    public string? SubjectOf(string token, DateTimeOffset now) =>
        _tokens.TryGetValue(token, out Verified verified) && now < verified.Until ? verified.Subject : null;

    /// <summary>Remembers one.</summary>
    /// <param name="token">The token.</param>
    /// <param name="subject">Whose it is.</param>
    /// <param name="until">When it must be verified again: no later than its end.</param>
    public void Add(string token, string subject, DateTimeOffset until)
    {
        // Beginning anew is rare and cheap; keeping count of what was used last would cost every call.
        if (_tokens.Count >= Most)
        {
            _tokens.Clear();
        }

        _tokens[token] = new Verified(subject, until);
    }

    private readonly record struct Verified(string Subject, DateTimeOffset Until);
}
