using Microsoft.AspNetCore.Routing;

namespace DotMac.StandIns.Vendors.Server;

/// <summary>Enough of one vendor's API.</summary>
public interface IVendorStandIn
{
    /// <summary>The vendor's name: the prefix of its paths where several share a server.</summary>
    string Name { get; }

    /// <summary>Adds its paths.</summary>
    /// <param name="routes">Where to.</param>
    void Map(IEndpointRouteBuilder routes);
}
