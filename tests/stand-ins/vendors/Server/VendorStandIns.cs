using System.Reflection;

namespace DotMac.StandIns.Vendors.Server;

/// <summary>All the vendors of this assembly.</summary>
public static class VendorStandIns
{
    /// <summary>Makes one of each; each has a constructor that takes the token which callers must know.</summary>
    /// <param name="token">The token.</param>
    /// <returns>The stand-ins, by name.</returns>
    public static IReadOnlyList<IVendorStandIn> All(string token) =>
    [
        .. Assembly.GetExecutingAssembly().GetTypes()
            .Where(static type => type.IsAssignableTo(typeof(IVendorStandIn)) && type is { IsClass: true, IsAbstract: false })
            .Select(type => (IVendorStandIn)Activator.CreateInstance(type, token)!)
            .OrderBy(static vendor => vendor.Name, StringComparer.Ordinal),
    ];
}
