using System.Threading.RateLimiting;
using DotMac.Admin.Access;
using DotMac.Admin.Callers;
using DotMac.Admin.Hosting;
using DotMac.Admin.Problems;
using Microsoft.AspNetCore.Components.Authorization;

namespace DotMac.Admin.Ui.Sessions;

/// <summary>Who looks at a page, for as long as the page is open: asked anew each time, as an open page may outlive a token.</summary>
internal sealed class Viewer(AuthenticationStateProvider state, ITokenReviewer tokens, AccessGuard guard, CallerLimits limits)
{
    /// <summary>Who looks.</summary>
    /// <exception cref="ProblemException">Nobody any more, or it cannot be told now.</exception>
    public async ValueTask<Caller> CallerAsync(CancellationToken cancellationToken = default)
    {
        var known = (await state.GetAuthenticationStateAsync()).User.Identity is CallerIdentity identity ? identity.Caller : throw SignedOut();
        return await tokens.ReviewAsync(known.RevealToken(), cancellationToken) is { } user ? new Caller(user, known.RevealToken()) : throw SignedOut();
    }

    /// <summary>Who looks, for something that costs: it is counted as a request.</summary>
    /// <exception cref="ProblemException">Nobody any more, too often, or it cannot be told now.</exception>
    public async ValueTask<Caller> ActAsync(CancellationToken cancellationToken = default)
    {
        var caller = await CallerAsync(cancellationToken);
        using var lease = limits.Take(caller.Subject);
        return lease.IsAcquired
            ? caller
            : throw Refuse.TooMany("too many requests at once; wait a moment and try again", lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1));
    }

    /// <summary>The namespaces whose plugins may be seen; null for all.</summary>
    public async ValueTask<IReadOnlySet<string>?> VisibleAsync(CancellationToken cancellationToken = default) =>
        await guard.VisibleAsync(await CallerAsync(cancellationToken), cancellationToken);

    /// <summary>Whether who looks may do something to the plugins of a namespace.</summary>
    public async ValueTask<bool> MayAsync(string verb, string ns, CancellationToken cancellationToken = default) =>
        await guard.MayAsync(await CallerAsync(cancellationToken), verb, ns, cancellationToken);

    private static ProblemException SignedOut() => Refuse.Unauthenticated("you are signed out: the token has ended or was revoked");
}
