using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DotMac.Plugins.SendGrid.Tests;

/// <summary>The tenant's own system, which takes events.</summary>
internal sealed class EventsReceiver : IVendorStandIn
{
    public string Name => "receiver";

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/events", static () => Results.Accepted());
}
