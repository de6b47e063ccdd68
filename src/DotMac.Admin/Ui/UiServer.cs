using DotMac.Admin.Configuration;
using DotMac.Admin.Hosting;
using DotMac.Admin.Problems;
using DotMac.Admin.Ui.Actions;
using DotMac.Admin.Ui.Live;
using DotMac.Admin.Ui.Sessions;
using Microsoft.AspNetCore.Antiforgery;

namespace DotMac.Admin.Ui;

/// <summary>Puts the web UI into the HTTP service.</summary>
internal static class UiServer
{
    // A configuration may have 256 KiB, and all of it may be typed into one field.
    private const long LongestMessage = 512 * 1024;

    /// <summary>Adds what it needs.</summary>
    public static void AddServices(IServiceCollection services, AdminOptions options)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(static circuits =>
        {
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
            circuits.DisconnectedCircuitMaxRetained = 200;
        }).AddHubOptions(static hub => hub.MaximumReceiveMessageSize = LongestMessage);
        services.AddCascadingAuthenticationState();
        Sessions.Sessions.AddServices(services, options);
        services.AddSingleton<PageGate>();
        services.AddSingleton<UsageHistory>();
        services.AddSingleton<EventFeed>();
        services.AddScoped<Viewer>();
        services.AddScoped<LiveView>();
        services.AddScoped<PluginActions>();
        services.AddScoped<InstallActions>();
    }

    /// <summary>Maps its pages, and what they need.</summary>
    public static void Map(WebApplication app)
    {
        // From the start, whether or not anybody looks.
        _ = app.Services.GetRequiredService<UsageHistory>();
        app.MapStaticAssets().WithMetadata(new OpenToAllAttribute()).Add(static endpoint => Cacheable(endpoint));
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(static mode => mode.ContentSecurityFrameAncestorsPolicy = null)
            .WithMetadata(new ForBrowsersAttribute());
        app.MapPost("/session", [ForBrowsers, OpenToAll] (HttpContext http, Sessions.Sessions sessions, IAntiforgery antiforgery) => SignInAsync(http, sessions, antiforgery)).ExcludeFromDescription();
        app.MapPost("/sign-out", [ForBrowsers, OpenToAll] (HttpContext http, AdminOptions options, IAntiforgery antiforgery) => SignOutAsync(http, options, antiforgery)).ExcludeFromDescription();
    }

    private static async Task<IResult> SignInAsync(HttpContext http, Sessions.Sessions sessions, IAntiforgery antiforgery)
    {
        var to = PageGate.Local(null);
        string why;
        try
        {
            await antiforgery.ValidateRequestAsync(http);
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            to = PageGate.Local(form["to"]);
            var refusal = await sessions.SignInAsync(http, form["token"]);
            if (refusal is null)
            {
                return Results.LocalRedirect($"~{to}");
            }

            why = refusal switch { SignInRefusal.NoToken => "none", SignInRefusal.TooMany => "many", _ => "nobody" };
        }
        catch (AntiforgeryValidationException)
        {
            // An old page, or one of another site: here is a new one.
            why = "ended";
        }
        catch (ProblemException)
        {
            why = "unavailable";
        }

        return Results.LocalRedirect($"~{PageGate.SignInPath}?why={why}&to={Uri.EscapeDataString(to)}");
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, AdminOptions options, IAntiforgery antiforgery)
    {
        try
        {
            await antiforgery.ValidateRequestAsync(http);
        }
        catch (AntiforgeryValidationException)
        {
            return Results.LocalRedirect("~/");
        }

        await Sessions.Sessions.SignOutAsync(http);
        return options.SignOutUrl is { } elsewhere ? Results.Redirect(elsewhere) : Results.LocalRedirect($"~{PageGate.SignInPath}?why=out");
    }

    // What has its content's hash in its name never changes; the rest is asked for anew. Nothing of it is anybody's secret.
    private static void Cacheable(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = http =>
        {
            http.Response.Headers.Remove("Cache-Control");
            return next(http);
        };
    }
}
