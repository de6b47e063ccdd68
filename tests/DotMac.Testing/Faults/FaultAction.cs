using System.Net;

namespace DotMac.Testing.Faults;

/// <summary>What happens to a request.</summary>
public abstract record FaultAction
{
    private FaultAction()
    {
    }

    /// <summary>It is answered here, with a Status; the server does not get to see it.</summary>
    /// <param name="Code">The HTTP status.</param>
    /// <param name="Reason">The Status' reason.</param>
    /// <param name="RetryAfter">Seconds of the header; null for none.</param>
    public sealed record Answer(HttpStatusCode Code, string Reason, int? RetryAfter = null) : FaultAction;

    /// <summary>It is passed on after a while.</summary>
    public sealed record Delay(TimeSpan By) : FaultAction;

    /// <summary>Its stream is reset without an answer.</summary>
    public sealed record Drop : FaultAction;

    /// <summary>It is never answered.</summary>
    public sealed record Silence : FaultAction;

    /// <summary>Half of the answer comes, then its end. For requests other than watches.</summary>
    /// <param name="Clean">Whether the end is in good order.</param>
    public sealed record TruncateBody(bool Clean) : FaultAction;

    /// <summary>
    /// A list that any state will do for (<c>resourceVersion=0</c>), or one that is not newer than asked for, is answered with the oldest
    /// list that the proxy remembers: a server of several that lags behind. Others are passed on.
    /// </summary>
    public sealed record StaleList : FaultAction;

    /// <summary>The watch is opened, and this happens to it after a number of events.</summary>
    public sealed record Stream(StreamFault Fault, int After = 0) : FaultAction;
}
