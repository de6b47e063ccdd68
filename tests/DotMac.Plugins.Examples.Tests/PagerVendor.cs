using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DotMac.Plugins.Examples.Tests;

/// <summary>The vendor of the guide's example, and the receiver of its events.</summary>
internal sealed class PagerVendor(string apiKey) : IVendorStandIn
{
    public string Name => "pager";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/account", (HttpContext http) => Knows(http) ? Results.Ok() : Results.Unauthorized());
        routes.MapPost("/pages", (HttpContext http) => Knows(http) ? Results.Json(new { id = "p-1" }) : Results.Unauthorized());
        routes.MapPost("/events", () => Results.Accepted());
    }

    private bool Knows(HttpContext http) => http.Request.Headers.Authorization == $"Bearer {apiKey}";
}
