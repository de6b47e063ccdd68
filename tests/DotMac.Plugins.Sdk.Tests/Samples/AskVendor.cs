using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DotMac.Plugins.Sdk.Tests.Samples;

/// <summary>The vendor of <see cref="AskPlugin"/>, and the receiver of its events.</summary>
public sealed class AskVendor : IVendorStandIn
{
    public string Name => "ask";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/ask", ["GET", "POST", "PATCH"], http => http.Response.WriteAsync("""{ "id": "a-1" }"""));
        routes.MapGet("/check", () => Results.Ok());
        routes.MapPost("/events", () => Results.Accepted());
        routes.MapPost("/v1/{signal}", () => Results.Ok());
    }
}
