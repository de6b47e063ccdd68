using DotMac.Admin.Callers;
using DotMac.Admin.Configuration;
using DotMac.Admin.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace DotMac.Admin.Ui.Sessions;

/// <summary>
/// Who a browser is signed in as: by a token that a proxy in front sends along, or by one that was typed in and lives in an encrypted cookie. Either is
/// asked of Kubernetes anew with each page, so that no header and no cookie is worth more than the token that it holds.
/// </summary>
internal sealed class Sessions(ITokenReviewer tokens, CallerLimits limits)
{
    /// <summary>The authentication scheme of the cookie.</summary>
    public const string Scheme = "dotmac-session";

    private const string Token = "token";
    private const int LongestToken = 16 * 1024;

    // As oauth2-proxy sends it along with --pass-access-token, and nginx with auth_request.
    private static readonly string[] ProxyHeaders = ["X-Forwarded-Access-Token", "X-Auth-Request-Access-Token"];

    /// <summary>For how long a browser stays signed in at most; the token may end sooner.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(12);

    /// <summary>Adds what sessions need.</summary>
    /// <exception cref="InvalidOperationException">The file of keys is none.</exception>
    public static void AddServices(IServiceCollection services, AdminOptions options)
    {
        services.AddSingleton<Sessions>();
        services.AddHttpContextAccessor();
        services.AddDataProtection(static protection => protection.ApplicationDiscriminator = "dotmac-admin");

        // Without a file the keys live as long as the process, and nothing is written anywhere.
        var keys = options.SessionKeyFile is { } file ? SessionKeys.Read(file) : null;
        services.Configure<KeyManagementOptions>(management =>
        {
            management.XmlRepository = keys is null ? new MemoryKeys() : keys;
            management.AutoGenerateKeys = keys is null;
        });
        services.AddAuthentication(Scheme).AddCookie(Scheme, static cookie =>
        {
            cookie.Cookie.Name = "dotmac-session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = Longest;
            cookie.SlidingExpiration = false;

            // A proxy that ends TLS says so; who says it falsely only keeps the cookie from themselves.
            cookie.Events.OnSigningIn = static signing =>
            {
                signing.CookieOptions.Secure |= signing.Request.Headers["X-Forwarded-Proto"].ToString().StartsWith("https", StringComparison.OrdinalIgnoreCase);
                return Task.CompletedTask;
            };
        });
        services.AddAntiforgery(static antiforgery =>
        {
            antiforgery.Cookie.Name = "dotmac-form";
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
    }

    /// <summary>Whose the browser is; null when nobody is signed in.</summary>
    /// <exception cref="Problems.ProblemException">It cannot be told now.</exception>
    public async ValueTask<Session?> OfAsync(HttpContext http)
    {
        if (ProxyToken(http.Request) is { } sent && await ReviewAsync(http, sent) is { } passed)
        {
            return new Session(passed, IsByProxy: true);
        }

        var ticket = await http.AuthenticateAsync(Scheme);
        return ticket.Succeeded && ticket.Properties?.GetTokenValue(Token) is { } token && await ReviewAsync(http, token) is { } caller
            ? new Session(caller, IsByProxy: false)
            : null;
    }

    /// <summary>Signs a browser in.</summary>
    /// <returns>Why not; null when it is signed in.</returns>
    /// <exception cref="Problems.ProblemException">It cannot be told now whose the token is.</exception>
    public async Task<SignInRefusal?> SignInAsync(HttpContext http, string? token)
    {
        var given = Bare(token);
        if (given is null)
        {
            return SignInRefusal.NoToken;
        }

        if (limits.IsGuessing(AddressOf(http)))
        {
            return SignInRefusal.TooMany;
        }

        if (await ReviewAsync(http, given) is not { } caller)
        {
            return SignInRefusal.Nobody;
        }

        var properties = new AuthenticationProperties { IsPersistent = false };
        properties.StoreTokens([new AuthenticationToken { Name = Token, Value = given }]);
        await http.SignInAsync(Scheme, new System.Security.Claims.ClaimsPrincipal(new CallerIdentity(caller)), properties);
        return null;
    }

    /// <summary>Signs a browser out.</summary>
    public static Task SignOutAsync(HttpContext http) => http.SignOutAsync(Scheme);

    private static string? ProxyToken(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return Bare(header);
        }

        return ProxyHeaders.Select(name => request.Headers[name] is [{ } value] ? Bare(value) : null).FirstOrDefault(static value => value is not null);
    }

    // What people paste: with spaces around it, or with the word that goes before it in headers.
    private static string? Bare(string? text)
    {
        var token = text?.Trim() ?? string.Empty;
        token = token.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? token["Bearer ".Length..].Trim() : token;
        return token.Length is > 0 and <= LongestToken && token.All(static c => c is > ' ' and <= '~') ? token : null;
    }

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private async ValueTask<Caller?> ReviewAsync(HttpContext http, string token)
    {
        if (await tokens.ReviewAsync(token, http.RequestAborted) is { } user)
        {
            return new Caller(user, token);
        }

        limits.Guessed(AddressOf(http));
        return null;
    }
}
