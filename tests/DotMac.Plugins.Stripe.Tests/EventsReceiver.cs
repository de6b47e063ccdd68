using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DotMac.Plugins.Stripe.Tests;

/// <summary>The tenant's own system that takes events.</summary>
internal sealed class EventsReceiver : IVendorStandIn
{
    public string Name => "receiver";

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/events", () => Results.Accepted());
}
