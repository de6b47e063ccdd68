using System.Threading.RateLimiting;
using DotMac.Admin.Callers;
using DotMac.Admin.Problems;
using DotMac.Admin.Ui.Sessions;

namespace DotMac.Admin.Hosting;

/// <summary>Lets in who has a token that is somebody's, and so often as one caller may. What carries no word about who may is not served at all.</summary>
internal sealed class CallerGate(ITokenReviewer tokens, CallerLimits limits) : IMiddleware
{
    private const string Scheme = "Bearer ";
    private const int LongestToken = 16 * 1024;

    /// <summary>Who asks.</summary>
    /// <exception cref="InvalidOperationException">The endpoint lets in anybody.</exception>
    public static Caller CallerOf(HttpContext http) => http.Features.Get<Caller>() ?? throw new InvalidOperationException("this endpoint is open to all and knows no caller");

    /// <inheritdoc />
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (PageGate.IsAstray(context))
        {
            await next(context);
            return;
        }

        if (context.GetEndpoint() is not { } endpoint)
        {
            // Who is nobody learns nothing of which paths there are.
            await SignInAsync(context);
            throw Refuse.NotFound("there is no such path; /docs lists those that there are");
        }

        if (endpoint.Metadata.GetMetadata<ForBrowsersAttribute>() is not null)
        {
            // Pages have a gate of their own.
            await next(context);
            return;
        }

        if (endpoint is not RouteEndpoint)
        {
            // The framework's own: there is such a path, and not by this method.
            await SignInAsync(context);
        }
        else if (endpoint.Metadata.GetMetadata<OpenToAllAttribute>() is null)
        {
            if (endpoint.Metadata.GetMetadata<CheckedAttribute>() is null)
            {
                throw new InvalidOperationException($"{endpoint.DisplayName} says nothing of who may ask it");
            }

            var caller = await SignInAsync(context);
            using var lease = limits.Take(caller.Subject);
            if (!lease.IsAcquired)
            {
                var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
                throw Refuse.TooMany($"{caller.Name} asks more often than {limits.RequestsPerSecond} times a second; slow down, or have --requests-per-second raised", wait);
            }

            context.Features.Set(caller);
        }

        await next(context);
    }

    private async ValueTask<Caller> SignInAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } text || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw Refuse.Unauthenticated("there is no bearer token; send Authorization: Bearer with a token of a service account (kubectl create token) or of the cluster's OIDC");
        }

        var token = text[Scheme.Length..].Trim();
        if (token.Length is 0 or > LongestToken || token.Any(static c => c is <= ' ' or > '~'))
        {
            throw Refuse.Unauthenticated("the bearer token is none");
        }

        var address = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        if (limits.IsGuessing(address))
        {
            throw Refuse.TooMany("too many tokens from this address were nobody's; wait a little", TimeSpan.FromSeconds(2));
        }

        if (await tokens.ReviewAsync(token, context.RequestAborted) is not { } user)
        {
            limits.Guessed(address);
            throw Refuse.Unauthenticated("the token is nobody's: it has ended, was revoked, or is not of this cluster");
        }

        return new Caller(user, token);
    }
}
