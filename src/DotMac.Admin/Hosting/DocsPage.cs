using System.Security.Cryptography;
using System.Text;
using Scalar.AspNetCore;

namespace DotMac.Admin.Hosting;

/// <summary>The page for people: the description of the API, with a form for each path. Everything it needs comes from this service.</summary>
internal static class DocsPage
{
    private const string Path = "/docs";

    /// <summary>Lets the page's own scripts run and nobody else's. Before routing: the page is read on its way out.</summary>
    public static void UsePolicy(WebApplication app) => app.UseWhen(
        static http => http.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal),
        static docs => docs.Use(static async (http, next) =>
        {
            var (sent, page) = (http.Response.Body, new MemoryStream());
            await using (page)
            {
                http.Response.Body = page;
                try
                {
                    await next(http);
                }
                finally
                {
                    http.Response.Body = sent;
                }

                await SendAsync(http, page.ToArray());
            }
        }));

    /// <summary>Maps it.</summary>
    public static void Map(WebApplication app)
    {
        // Nothing of it asks anybody but this service.
        app.MapScalarApiReference(
            Path,
            static docs => docs.WithTitle("DotMac admin API").WithOpenApiRoutePattern("openapi/{documentName}.json")
                .DisableDefaultFonts().DisableAgent().DisableMcp().DisableTelemetry().HideDeveloperTools().HideClientButton())
            .WithMetadata(new OpenToAllAttribute())
            .ExcludeFromDescription();
    }

    private static async Task SendAsync(HttpContext http, byte[] body)
    {
        if (http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
        {
            // A number used once tells the page's scripts from any that somebody might slip into it.
            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
            http.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
                + "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
            body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("<script", $"<script nonce=\"{nonce}\"", StringComparison.Ordinal));
        }

        if (http.Response.StatusCode is not (StatusCodes.Status304NotModified or StatusCodes.Status204NoContent))
        {
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }
}
