using System.Security.Claims;
using DotMac.Admin.Hosting;
using DotMac.Admin.Problems;
using DotMac.Admin.Ui.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DotMac.Admin.Ui.Sessions;

/// <summary>Lets browsers in that are signed in, and shows others the way; what pages from elsewhere send in somebody's name is refused.</summary>
internal sealed class PageGate(Sessions sessions, CallerLimits limits) : IMiddleware
{
    /// <summary>Where one signs in.</summary>
    public const string SignInPath = "/sign-in";

    private static readonly PathString[] ForPrograms = ["/api", "/openapi", "/docs", "/_blazor", "/_framework"];

    /// <inheritdoc />
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var isAstray = IsAstray(context);
        if (!isAstray && context.GetEndpoint()?.Metadata.GetMetadata<ForBrowsersAttribute>() is null)
        {
            await next(context);
            return;
        }

        PagePolicy.Set(context.Response);
        try
        {
            await EnterAsync(context, next, isAstray);
        }
        catch (ProblemException e) when (!context.Response.HasStarted && IsForPeople(context.Request))
        {
            context.Response.StatusCode = e.Problem.Status;
            await new RazorComponentResult<TroublePage>(new { e.Problem }).ExecuteAsync(context);
        }
    }

    private async Task EnterAsync(HttpContext context, RequestDelegate next, bool isAstray)
    {
        if (IsFromElsewhere(context.Request))
        {
            throw Refuse.Forbidden("this was sent by a page of another site; open the address itself");
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<OpenToAllAttribute>() is null)
        {
            if (await sessions.OfAsync(context) is not { } session)
            {
                ShowTheWay(context);
                return;
            }

            using var lease = limits.Take(session.Caller.Subject);
            if (!lease.IsAcquired)
            {
                throw Refuse.TooMany("too many requests at once; wait a moment and try again", TimeSpan.FromSeconds(1));
            }

            context.Features.Set(session.Caller);
            context.Features.Set(session);
            context.User = new ClaimsPrincipal(new CallerIdentity(session.Caller));
        }

        if (isAstray)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await new RazorComponentResult<App>().ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    /// <summary>Whether a person looks for a page that there is none of. Programs are answered by the API.</summary>
    public static bool IsAstray(HttpContext context) =>
        context.GetEndpoint() is null
        && IsForPeople(context.Request)
        && !ForPrograms.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal));

    /// <summary>A path of this service to go to, as somebody asked for it; the first page when it leads anywhere else.</summary>
    public static string Local(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) && !path.Any(char.IsControl) ? path : "/";

    private static bool IsForPeople(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    // Browsers say where a request comes from when it could do something (Fetch, section 3.2): a web socket, or a form.
    private static bool IsFromElsewhere(HttpRequest request) =>
        (!HttpMethods.IsGet(request.Method) || request.Headers.Upgrade.Count > 0 || request.HttpContext.WebSockets.IsWebSocketRequest)
        && request.Headers.Origin is [{ } origin]
        && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || !string.Equals(from.Authority, HostOf(request), StringComparison.OrdinalIgnoreCase));

    // The host as the browser knows it: proxies that change it say what it was.
    private static string HostOf(HttpRequest request)
    {
        var host = request.Headers["X-Forwarded-Host"] is [{ Length: > 0 } forwarded] ? forwarded.Split(',')[0].Trim() : request.Host.Value ?? string.Empty;
        return host.EndsWith(":443", StringComparison.Ordinal) ? host[..^4] : host.EndsWith(":80", StringComparison.Ordinal) ? host[..^3] : host;
    }

    private static void ShowTheWay(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || context.WebSockets.IsWebSocketRequest || context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal))
        {
            throw Refuse.Unauthenticated("nobody is signed in; open the page anew");
        }

        var wanted = context.Request.Path + context.Request.QueryString;
        context.Response.Redirect($"{context.Request.PathBase}{SignInPath}{(wanted == "/" ? string.Empty : $"?to={Uri.EscapeDataString(wanted)}")}");
    }
}
