using Scalar.AspNetCore;

namespace DotMac.Admin.Hosting;

/// <summary>The page for people: the description of the API, with a form for each path. Everything it needs comes from this service.</summary>
internal static class DocsPage
{
    /// <summary>Maps it.</summary>
    public static void Map(WebApplication app)
    {
        app.MapScalarApiReference("/docs", static docs => docs.WithTitle("DotMac admin API").WithOpenApiRoutePattern("openapi/{documentName}.json").DisableDefaultFonts())
            .WithMetadata(new OpenToAllAttribute())
            .ExcludeFromDescription();
        app.MapGet("/", [OpenToAll] (HttpContext http) => Results.Redirect($"{http.Request.PathBase}/docs")).ExcludeFromDescription();
    }
}
