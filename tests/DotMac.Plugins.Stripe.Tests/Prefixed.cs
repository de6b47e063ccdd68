using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace DotMac.Plugins.Stripe.Tests;

/// <summary>A vendor below a path, as behind a gateway.</summary>
internal sealed class Prefixed(string prefix, IVendorStandIn vendor) : IVendorStandIn
{
    public string Name => vendor.Name;

    public void Map(IEndpointRouteBuilder routes) => vendor.Map(routes.MapGroup(prefix));
}
